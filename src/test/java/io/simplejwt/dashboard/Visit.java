package io.simplejwt.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import io.simplejwt.store.EmbeddedStore;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody looks at the page; whatever goes wrong meanwhile, the end of the visit tells. */
final class Visit implements AutoCloseable {
  /** The page asks every five seconds, the store hears of refusals within one. */
  static final double PATIENCE = 30_000;

  final Page page;
  private final BrowserContext context;
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final List<String> expected = new CopyOnWriteArrayList<>();

  Visit(BrowserContext context, URI root) {
    this.context = context;
    context.setDefaultTimeout(PATIENCE);
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            faults.add("console: " + message.text());
          }
        });
    page.onPageError(error -> faults.add("exception: " + error));
    page.onRequest(
        request -> {
          if (!request.url().startsWith(root.toString())) {
            faults.add("request elsewhere: " + request.url());
          }
        });
    page.addInitScript(
        "addEventListener('securitypolicyviolation', (event) =>"
            + " console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))");
    page.navigate("/dashboard");
  }

  /** An answer that the test provokes, which the browser tells as an error. */
  Visit expecting(int status) {
    return expecting("the server responded with a status of " + status);
  }

  Visit expecting(String words) {
    expected.add(words);
    return this;
  }

  Visit signIn() {
    signIn(EmbeddedStore.ADMIN, EmbeddedStore.ADMIN_PASSWORD);
    assertThat(heading("Overview")).isVisible();
    return this;
  }

  void signIn(String email, String password) {
    page.getByLabel("Email", new Page.GetByLabelOptions().setExact(true)).fill(email);
    page.getByLabel("Password").fill(password);
    button("Sign in").click();
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator heading(String name) {
    return page.getByRole(
        AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  void says(String selector, String words) {
    assertThat(page.locator(selector))
        .containsText(words, new ContainsTextOptions().setTimeout(PATIENCE));
  }

  /** As axe-core judges it, by all its rules. */
  void assertAccessible() {
    // It would open a window of its own, without our page.
    assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations()).isEmpty();
  }

  /** Nothing is cut off, nothing scrolls sideways but tables. */
  void assertFitsTheWindow() {
    assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth")).isEqualTo(0);
  }

  Object ask(String script) {
    return page.evaluate(script);
  }

  @Override
  public void close() {
    context.close();
    assertThat(faults).filteredOn(fault -> expected.stream().noneMatch(fault::contains)).isEmpty();
  }
}
