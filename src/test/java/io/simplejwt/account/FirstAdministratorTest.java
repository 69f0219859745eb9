package io.simplejwt.account;

import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.EmbeddedStore;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(EmbeddedStore.class)
class FirstAdministratorTest {
  @Inject AccountStore store;
  @Inject Accounts accounts;
  @Inject HashingGate gate;

  @Test
  void isMadeWhereThereIsNoneAndNeverByPromotion() {
    Account first = store.passwordByEmail(Email.parse(EmbeddedStore.ADMIN).get()).get().account();
    String known = newEmail();
    signIn(known, "somebody was here first");
    withRoles(first, Set.of());

    assertThat(start(known)).doesNotContain(Role.ADMIN);
    assertThat(accounts.hasAdministrator()).isFalse();

    String fresh = newEmail();
    assertThat(start(fresh)).containsExactly(Role.ADMIN);
    signIn(fresh, EmbeddedStore.ADMIN_PASSWORD);

    withRoles(first, Set.of(Role.ADMIN)); // and one more start changes nothing
    String late = newEmail();
    make(late);
    assertThat(accounts.passwordOf(Email.parse(late).get())).isEmpty();
  }

  private Set<Role> start(String email) {
    make(email);
    return accounts.passwordOf(Email.parse(email).get()).get().account().roles();
  }

  private void make(String email) {
    new FirstAdministrator().make(null, () -> Optional.of(email), accounts, gate);
  }

  private void withRoles(Account account, Set<Role> roles) {
    store.update(account.id(), roles, false);
  }
}
