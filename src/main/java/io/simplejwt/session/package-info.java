/**
 * Each sign-in's session: opened, ended, forgotten.
 *
 * <p>A session's id is the {@code sid} of its tokens. Hears from {@code account} when sessions must
 * end, and tells {@code token}'s revocation list once that is on disk.
 */
package io.simplejwt.session;
