package io.simplejwt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the templates' roles may do, and who may take them, is what aws/permissions.md says, and no
 * more than must be. A statement that grows a word fails here until its row, with its reason, has
 * grown it too.
 */
class PermissionsTest {
  private static final String TABLE = Template.read(Path.of("aws/permissions.md"));

  /** With these each optional part is there. */
  static final Map<String, Object> EVERYTHING =
      Map.of(
          "AdministratorArn", "arn:aws:iam::ACCOUNT_ID:role/administrator",
          "Approval", "yes",
          "AdminEmailParameter", "/simple-jwt-api/ADMIN_EMAIL",
          "AdminPasswordParameter", "/simple-jwt-api/ADMIN_PASSWORD");

  /** AWS knows no resource for these: `*` is all that can be said. */
  private static final Pattern KNOWS_NO_RESOURCE =
      Pattern.compile("(ec2|elasticloadbalancing):Describe\\w+|ecr:GetAuthorizationToken");

  static List<Path> templates() {
    return Template.FILES;
  }

  @ParameterizedTest
  @MethodSource("templates")
  void grantsWhatTheTableSays(Path file) {
    List<String> granted =
        statements(file)
            .filter(Statement::isGrant)
            .map(
                s ->
                    row(
                        s.owner(),
                        s.sid(),
                        words(s.actions()),
                        words(s.resources()),
                        lines(s.conditions())))
            .toList();
    assertThat(rows(file, "May", 5)).containsExactlyElementsOf(granted);
  }

  @ParameterizedTest
  @MethodSource("templates")
  void isTakenByWhomTheTableSays(Path file) {
    List<String> trusted =
        statements(file)
            .filter(Statement::isTrust)
            .map(s -> row(s.owner(), words(s.principals()), lines(s.conditions())))
            .toList();
    assertThat(rows(file, "Taken by", 3)).containsExactlyElementsOf(trusted);
  }

  @ParameterizedTest
  @MethodSource("templates")
  void borrowsOnlyThePoliciesInTheTable(Path file) {
    List<String> borrowed =
        Template.of(file, EVERYTHING).resources("AWS::IAM::Role").entrySet().stream()
            .flatMap(
                role ->
                    Template.list(
                            Template.object(role.getValue().get("Properties"))
                                .get("ManagedPolicyArns"))
                        .stream()
                        .map(arn -> row(role.getKey(), "`" + arn + "`")))
            .toList();
    assertThat(rows(file, "Borrowed", 2)).containsExactlyElementsOf(borrowed);
  }

  @ParameterizedTest
  @MethodSource("templates")
  void explainsEachWildcardAndEachBorrowedPolicy(Path file) {
    assertThat(cells(file, "May"))
        .filteredOn(cells -> (cells.get(2) + cells.get(3)).contains("*"))
        .allSatisfy(cells -> assertThat(cells.get(5)).as(cells.get(1)).matches("[A-Z].*\\."));
    assertThat(cells(file, "Borrowed"))
        .allSatisfy(cells -> assertThat(cells.get(2)).as(cells.get(1)).matches("[A-Z].*\\."));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void namesAResourceWhereOneCanBeNamed(Path file) {
    assertThat(statements(file).filter(Statement::isGrant))
        .filteredOn(s -> s.resources().stream().anyMatch(PermissionsTest::isUnbounded))
        .allSatisfy(s -> assertThat(s.actions()).allMatch(KNOWS_NO_RESOURCE.asMatchPredicate()));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void namesEachActionAndPassesNoRoles(Path file) {
    assertThat(statements(file).filter(Statement::isGrant))
        .flatExtracting(Statement::actions)
        .noneMatch(action -> action.contains("*"))
        .doesNotContain("iam:PassRole");
  }

  /**
   * An account as principal is everybody in it; that is right for a key alone, whose use IAM then
   * decides.
   */
  @ParameterizedTest
  @MethodSource("templates")
  void trustsNobodyUnnamed(Path file) {
    assertThat(statements(file).filter(Statement::allows))
        .filteredOn(s -> !s.policy().equals("KeyPolicy"))
        .flatExtracting(Statement::principals)
        .noneMatch(principal -> principal.equals("*") || principal.endsWith(":root"));
  }

  /**
   * Without it any customer of the service could have it act here (the "confused deputy"). A key
   * that is used through a topic is as safe as the topic.
   */
  @ParameterizedTest
  @MethodSource("templates")
  void trustsServicesOnlyOnBehalfOfThisAccount(Path file) {
    assertThat(statements(file).filter(Statement::allows))
        .filteredOn(s -> s.principals().stream().anyMatch(p -> p.endsWith(".amazonaws.com")))
        .filteredOn(s -> !s.principals().equals(List.of("ec2.amazonaws.com"))) // has no such key
        .allSatisfy(
            s ->
                assertThat(lines(s.conditions()))
                    .as(s.owner())
                    .containsAnyOf(
                        "StringEquals aws:SourceAccount ACCOUNT_ID",
                        "StringEquals kms:ViaService sns.REGION.amazonaws.com",
                        "kms:EncryptionContext:aws:logs:arn arn:aws:logs:REGION:ACCOUNT_ID:"));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void namesEachStatementOnce(Path file) {
    assertThat(statements(file).map(s -> s.owner() + " " + s.policy() + " " + s.sid()))
        .doesNotHaveDuplicates()
        .noneMatch(name -> name.endsWith(" null"));
  }

  @Test
  void seesAWildcardInPlaceOfAResource() {
    assertThat(Stream.of("*", "arn:aws:s3:::*", "arn:aws:ssm:REGION:ACCOUNT_ID:*"))
        .allMatch(PermissionsTest::isUnbounded);
    assertThat(Stream.of("arn:aws:s3:::name/*", "${Artifacts.Arn}/cache/*"))
        .noneMatch(PermissionsTest::isUnbounded);
  }

  private static boolean isUnbounded(String resource) {
    return resource.matches("\\*|arn:([^:]*:){4}\\*+(/\\*)?");
  }

  private static Stream<Statement> statements(Path file) {
    return Statement.of(Template.of(file, EVERYTHING)).stream();
  }

  /** The first cells of each row below a heading such as `## pipeline.yaml: May`. */
  private static List<String> rows(Path file, String heading, int columns) {
    return cells(file, heading).stream()
        .map(cells -> row(cells.subList(0, columns).toArray(String[]::new)))
        .toList();
  }

  private static List<List<String>> cells(Path file, String heading) {
    String title = "## " + file.getFileName() + ": " + heading + "\n";
    assertThat(TABLE).contains(title);
    return TABLE
        .substring(TABLE.indexOf(title) + title.length())
        .lines()
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("| `"))
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .map(cells -> cells.subList(1, cells.size() - 1))
        .map(cells -> Stream.concat(Stream.of(bare(cells.get(0))), cells.stream().skip(1)).toList())
        .toList();
  }

  private static String bare(String cell) {
    return cell.replace("`", "");
  }

  private static String row(String... cells) {
    return String.join(" | ", cells);
  }

  private static String words(List<String> items) {
    return items.stream().map(item -> "`" + item + "`").collect(Collectors.joining(" "));
  }

  private static String lines(List<String> items) {
    return items.stream().map(item -> "`" + item + "`").collect(Collectors.joining(", "));
  }
}
