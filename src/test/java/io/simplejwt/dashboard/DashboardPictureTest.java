package io.simplejwt.dashboard;

import static io.simplejwt.Calls.newEmail;
import static io.simplejwt.Calls.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.simplejwt.store.Database;
import io.simplejwt.store.EmbeddedStore;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * README's pictures: {@code mvn test -Dtest=DashboardPictureTest -Ddashboard.pictures=docs}.
 * Without that they are in target.
 */
@QuarkusTest
@TestProfile(EmbeddedStore.class)
class DashboardPictureTest {
  private static final long LARGEST = 150_000;
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  @Inject Database database;

  @TestHTTPResource("/")
  URI root;

  @ParameterizedTest
  @CsvSource({"light,1280", "dark,1280", "phone,390"})
  void isTaken(String name, int width) throws IOException {
    for (int account = 0; account < 5; account++) {
      signIn(newEmail(), "a good password");
    }
    imagineADay();
    ColorScheme scheme = name.equals("dark") ? ColorScheme.DARK : ColorScheme.LIGHT;
    try (Visit visit =
        CHROMIUM.visit(
            root, new NewContextOptions().setColorScheme(scheme).setViewportSize(width, 900))) {
      visit.signIn();
      visit.says("#audit-rows", "sign-in");
      visit.page.evaluate("document.activeElement.blur()");
      Path picture =
          Path.of(System.getProperty("dashboard.pictures", "target"))
              .resolve("dashboard-" + name.toLowerCase(Locale.ROOT) + ".png");
      visit.page.screenshot(
          new ScreenshotOptions()
              .setPath(picture)
              .setFullPage(Boolean.getBoolean("dashboard.pictures.whole")));
      assertThat(Files.size(picture)).isLessThan(LARGEST);
    }
  }

  /** People sleep, work and have lunch, and somebody tries passwords at night. */
  private void imagineADay() {
    Random chance = new Random(7);
    Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
    for (int ago = 1; ago < 24; ago++) {
      Instant hour = now.minus(ago, ChronoUnit.HOURS);
      int of = (int) (hour.getEpochSecond() / 3600 % 24);
      double work = Math.max(0.05, Math.sin(Math.PI * (of - 5) / 15)) * (of == 12 ? 0.7 : 1);
      count(hour, "sign-in", "", (int) (work * 240 + chance.nextInt(15)));
      count(hour, "account-created", "", chance.nextInt(3));
      count(hour, "refusal", "wrong password", (int) (work * 30 + chance.nextInt(8)));
      count(hour, "refusal", "unknown email", of == 3 ? 140 : chance.nextInt(9));
      count(hour, "refusal", "account disabled", chance.nextInt(2));
    }
  }

  private void count(Instant hour, String kind, String detail, int times) {
    database.query(
        sql ->
            sql.createUpdate(
                    """
                    INSERT INTO audit_hour (hour, kind, detail, stripe, times)
                    VALUES (:hour, :kind, :detail, 99, :times) ON CONFLICT DO NOTHING""")
                .bind("hour", hour.getEpochSecond())
                .bind("kind", kind)
                .bind("detail", detail)
                .bind("times", times)
                .execute());
  }
}
