package io.simplejwt;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.security.SecureRandom;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which package may know what. A package that the rules do not name yet fails one of them. */
class ArchitectureTest {
  private static final String[] BASE = packages("setting", "problem", "store", "audit");
  private static final String[] FEATURES =
      packages("account", "token", "session", "query", "health");
  private static final String[] TOP = packages("login", "http", "dashboard", "telemetry");
  private static final Set<String> KNOWN =
      Set.of(
          "setting",
          "problem",
          "store",
          "audit",
          "account",
          "token",
          "session",
          "query",
          "health",
          "login",
          "http",
          "dashboard",
          "telemetry");

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.simplejwt");

  @Test
  void baseKnowsNoFeature() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(BASE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(FEATURES).or(resideInAnyPackage(TOP))));
  }

  @Test
  void featuresKnowNothingAboveThem() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(FEATURES)
            .should()
            .dependOnClassesThat(resideInAnyPackage(TOP)));
  }

  @Test
  void nothingKnowsThePage() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.simplejwt.dashboard..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.simplejwt.dashboard.."));
  }

  @Test
  void packagesHaveNoCycle() {
    check(slices().matching("io.simplejwt.(*)..").should().beFreeOfCycles());
  }

  @Test
  void onlyResourcesFiltersAndMappersSeeRest() {
    check(
        noClasses()
            .that()
            .haveNameNotMatching(".*(Resource|Filter|Mapper|problem\\.AllowedMethods)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs.."));
  }

  /** And {@code query}, whose trade it is; what speaks HTTP or decides there does not. */
  @Test
  void onlyStoresSeeSql() {
    check(
        noClasses()
            .that()
            .haveNameNotMatching(".*Store(\\$.*)?")
            .and()
            .haveNameNotMatching(".*\\.query\\.(Postgres|Sqlite|RowsWriter|.*Database|QueryCall).*")
            .and()
            .resideOutsideOfPackage("io.simplejwt.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jdbi..", "java.sql..", "javax.sql.."));
  }

  /** Random numbers are for everybody: ids are made of them. So is the name of who calls. */
  @Test
  void onlyTokenAccountAndSessionSeeCryptography() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(packages("token", "account", "session"))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("javax.crypto..", "com.goterl..", "org.bouncycastle..")
                    .or(
                        resideInAPackage("java.security..")
                            .and(not(nameMatching(SecureRandom.class.getName())))
                            .and(not(nameMatching(Principal.class.getName()))))));
  }

  @Test
  void rulesNameEveryPackage() throws IOException {
    assertThat(Sources.packages()).isEqualTo(KNOWN);
  }

  @Test
  void everyPackageSaysWhatItOwns() throws IOException {
    assertThat(Sources.MAIN.resolve("package-info.java")).exists();
    for (String name : Sources.packages()) {
      Path description = Sources.MAIN.resolve(name).resolve("package-info.java");
      assertThat(description).exists();
      assertThat(Files.readString(description)).startsWith("/**");
    }
  }

  private static void check(ArchRule rule) {
    rule.check(MAIN);
  }

  private static String[] packages(String... names) {
    String[] patterns = names.clone();
    for (int i = 0; i < names.length; i++) {
      patterns[i] = "io.simplejwt." + names[i] + "..";
    }
    return patterns;
  }
}
