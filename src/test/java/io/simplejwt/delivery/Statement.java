package io.simplejwt.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One statement of a policy in a template.
 *
 * @param owner the logical id of the role, key, topic or bucket
 * @param policy the property that holds it, as in {@code AssumeRolePolicyDocument}
 * @param conditions each as in {@code StringEquals aws:SourceAccount ACCOUNT_ID}
 */
record Statement(
    String owner,
    String policy,
    String sid,
    boolean allows,
    List<String> principals,
    List<String> actions,
    List<String> resources,
    List<String> conditions) {

  boolean isTrust() {
    return policy.equals("AssumeRolePolicyDocument");
  }

  /** Whether it says what a role may do, rather than who may use a thing. */
  boolean isGrant() {
    return policy.equals("PolicyDocument") && principals.isEmpty();
  }

  static List<Statement> of(Template template) {
    List<Statement> found = new ArrayList<>();
    template.resources().forEach((id, resource) -> collect(id, "", resource, found));
    return found;
  }

  private static void collect(String owner, String name, Object value, List<Statement> found) {
    if (value instanceof List<?> items) {
      items.forEach(item -> collect(owner, name, item, found));
    } else if (value instanceof Map<?, ?>) {
      Map<String, Object> map = Template.object(value);
      if (map.containsKey("Statement")) {
        Template.list(map.get("Statement"))
            .forEach(said -> found.add(of(owner, name, Template.object(said))));
      } else {
        map.forEach((key, item) -> collect(owner, key, item, found));
      }
    }
  }

  private static Statement of(String owner, String policy, Map<String, Object> said) {
    return new Statement(
        owner,
        policy,
        String.valueOf(said.get("Sid")),
        said.get("Effect").equals("Allow"),
        principals(said.get("Principal")),
        texts(said.get("Action")),
        texts(said.get("Resource")),
        conditions(Template.object(said.get("Condition"))));
  }

  private static List<String> principals(Object principal) {
    if (principal instanceof Map<?, ?> kinds) {
      return kinds.values().stream().flatMap(named -> texts(named).stream()).toList();
    }
    return texts(principal);
  }

  private static List<String> conditions(Map<String, Object> conditions) {
    List<String> written = new ArrayList<>();
    new LinkedHashMap<>(conditions)
        .forEach(
            (operator, keys) ->
                Template.object(keys)
                    .forEach(
                        (key, wanted) ->
                            written.add(
                                operator + " " + key + " " + String.join(" or ", texts(wanted)))));
    return written;
  }

  private static List<String> texts(Object value) {
    return Template.list(value).stream()
        .map(String::valueOf)
        .map(Statement::plain)
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .toList();
  }

  /** In the words of trust.json and iam-role-policy.json. */
  private static String plain(String text) {
    return text.replace("${AWS::AccountId}", "ACCOUNT_ID").replace("${AWS::Region}", "REGION");
  }
}
