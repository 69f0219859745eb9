package io.simplejwt.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The machine's own browser, for the tests of a class; without one they are skipped, but in CI. */
final class Chromium implements BeforeAllCallback, AfterAllCallback {
  private static final List<String> OPTIONS =
      List.of(
          "--no-sandbox", // which a container's root does without
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private Playwright playwright;
  private Browser browser;

  @Override
  public void beforeAll(ExtensionContext context) {
    Optional<Path> program =
        Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    if (System.getenv("CI") == null) {
      assumeTrue(program.isPresent(), "skipped: needs Chromium (apt-get install chromium)");
    }
    assertThat(program).as("Chromium is needed: apt-get install chromium").isPresent();
    PlaywrightAssertions.setDefaultAssertionTimeout(Visit.PATIENCE);
    playwright =
        Playwright.create(
            new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(new LaunchOptions().setExecutablePath(program.get()).setArgs(OPTIONS));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (playwright != null) {
      playwright.close();
    }
  }

  /** A browser's window of its own, with nothing remembered. */
  Visit visit(URI root, NewContextOptions options) {
    return new Visit(browser.newContext(options.setBaseURL(root.toString())), root);
  }
}
