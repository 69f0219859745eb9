package io.simplejwt.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.EmbeddedStore;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever they are and whatever they look at it with. */
@QuarkusTest
@TestProfile(EmbeddedStore.class)
class DashboardForEverybodyTest {
  /** What has the focus, as the keyboard's user knows it, and whether it can be seen. */
  private static final String FOCUS =
      """
      (() => {
        const at = document.activeElement;
        if (at.tabIndex < 0) return ''; // where the keyboard begins, not where it can go
        const seen = at.closest('.choice') ?? at;
        const name = at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent;
        return name.trim() + (getComputedStyle(seen).outlineStyle === 'none' ? ' (unseen)' : '');
      })()""";

  /** Of a bar's edge to the card that it stands on. */
  private static final String CONTRAST =
      """
      (() => {
        const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        const light = (color) => {
          canvas.fillStyle = color;
          canvas.fillRect(0, 0, 1, 1);
          const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data]
            .map((part) => part / 255)
            .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
        };
        const bar = light(getComputedStyle(document.querySelector('rect.up')).stroke);
        const card = light(getComputedStyle(document.querySelector('.card')).backgroundColor);
        return Math.max(bar, card) / Math.min(bar, card);
      })()""";

  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  @TestHTTPResource("/")
  URI root;

  private Visit visit;

  @AfterEach
  void endsWithoutAFault() {
    visit.close();
  }

  private Visit visit(NewContextOptions options) {
    visit = CHROMIUM.visit(root, options);
    return visit;
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void axeFindsNothing(ColorScheme scheme) {
    String email = newEmail();
    signIn(email, "a good password");
    visit(new NewContextOptions().setColorScheme(scheme)).expecting(401);
    visit.assertAccessible();
    visit.signIn(EmbeddedStore.ADMIN, "wrong");
    visit.says("#sign-in-message", "Wrong email or password");
    visit.assertAccessible();
    visit.signIn();
    visit.says("#audit-rows", "sign-in");
    visit.says("#accounts-rows", EmbeddedStore.ADMIN);
    visit.page.locator("summary").click();
    visit.assertAccessible();
    visit.button("Manage " + EmbeddedStore.ADMIN).click();
    assertThat(visit.button("End all sessions")).isVisible();
    visit.assertAccessible();
  }

  /** Axe does not judge drawings: WCAG 2.2 wants 3:1 for what tells a bar from its ground. */
  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void edgesOfTheBarsAreSeenInEveryColor(ColorScheme scheme) {
    visit(new NewContextOptions().setColorScheme(scheme)).signIn();
    for (Object color :
        (List<?>)
            visit.ask("[...document.querySelector('#color').options].map((one) => one.value)")) {
      visit.page.getByLabel("Color:").selectOption((String) color);
      assertThat(((Number) visit.ask(CONTRAST)).doubleValue())
          .as(color + " on " + scheme)
          .isGreaterThan(3);
    }
  }

  @Test
  void darkWhereTheSystemIsDark() {
    visit(new NewContextOptions().setColorScheme(ColorScheme.DARK)).signIn();
    assertThat(visit.page.locator("body")).hasCSS("background-color", "rgb(15, 21, 27)");
  }

  @Test
  void fitsAPhone() {
    visit(
        new NewContextOptions()
            .setViewportSize(360, 740)
            .setIsMobile(true)
            .setHasTouch(true)
            .setDeviceScaleFactor(2));
    visit.assertFitsTheWindow();
    visit.signIn();
    visit.says("#audit-rows", "sign-in");
    visit.assertFitsTheWindow();
    visit.button("Manage " + EmbeddedStore.ADMIN).tap();
    assertThat(visit.button("End all sessions")).isVisible();
    visit.assertFitsTheWindow();
    visit.button("Close").tap();
    assertThat(visit.page.locator("#account")).isHidden();
  }

  /** From the sign-in to an account and back, without a mouse; the focus can always be seen. */
  @Test
  void everythingIsReachedByKeyboard() {
    visit(new NewContextOptions());
    tabTo("Email");
    visit.page.keyboard().type(EmbeddedStore.ADMIN);
    tabTo("Password");
    visit.page.keyboard().type(EmbeddedStore.ADMIN_PASSWORD);
    press("Enter");
    visit.says("#accounts-rows", EmbeddedStore.ADMIN);
    tabTo("24 hours");
    press("ArrowRight");
    visit.says("#chart-unit", "each bar is six hours");
    tabTo("Color:");
    visit.page.keyboard().type("Gold");
    assertThat(visit.page.locator("html")).hasAttribute("data-color", "Gold");
    tabTo("The same as a table");
    press("Enter");
    assertThat(visit.page.locator("#chart-rows tr").first()).isVisible();
    tabTo("Kind");
    visit.page.keyboard().type("sign-in");
    tabTo("Filter");
    press("Enter");
    tabTo("Manage " + EmbeddedStore.ADMIN);
    press("Enter");
    assertThat(visit.button("End all sessions")).isVisible();
    tabTo("End all sessions");
    press("Escape");
    assertThat(visit.page.locator("#account")).isHidden();
    assertThat(visit.ask(FOCUS)).isEqualTo("Manage " + EmbeddedStore.ADMIN);
    tabTo("SQL");
    tabTo("Run");
  }

  private void press(String key) {
    visit.page.keyboard().press(key);
  }

  private void tabTo(String name) {
    for (int tabs = 0; tabs < 150; tabs++) {
      String focused = (String) visit.ask(FOCUS);
      assertThat(focused).doesNotEndWith("(unseen)");
      if (focused.equals(name)) {
        return;
      }
      press("Tab");
    }
    throw new AssertionError("The keyboard does not reach: " + name);
  }
}
