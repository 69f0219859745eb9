package io.simplejwt.store;

import io.simplejwt.setting.BadSetting;
import io.simplejwt.setting.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One service on one {@code DATA_DIR}: what each keeps in memory counts on being alone there.
 *
 * <p>The lock is the operating system's, on an empty file of its own: it goes with the process,
 * whichever way that ends, so that a file which is left behind locks nothing. Not on the database
 * itself: SQLite has locks there, and a process that closes a file loses all its locks on it.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "accounts.lock";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Held until it is closed, or the process ends. */
  static DirectoryLock take(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    OwnerOnly.makeFile(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        channel.close();
        throw new BadSetting(
            "DATA_DIR",
            "is in use by another process (" + directory + ")",
            "stop that one, or use another directory");
      }
    } catch (OverlappingFileLockException ours) {
      // A start in this process, reloaded in development, failed before it could be ended.
    } catch (IOException e) { // SQLite would not work there either
      channel.close();
      throw new BadSetting(
          "DATA_DIR", "is on a file system without locks (" + e.getMessage() + ")", "use another");
    }
    return new DirectoryLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
