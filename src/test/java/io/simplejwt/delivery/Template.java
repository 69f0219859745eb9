package io.simplejwt.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A CloudFormation template as CloudFormation would see it with the given parameters: conditions
 * are decided, references to parameters are replaced. What only a real account knows stays as it is
 * written in {@code !Sub}, as in {@code ${AWS::Region}} or {@code ${Key.Arn}}.
 */
final class Template {
  static final List<Path> FILES =
      List.of(Path.of("aws/cluster.yaml"), Path.of("aws/pipeline.yaml"));

  private static final Object NO_VALUE = new Object();
  private static final Pattern PLACE = Pattern.compile("\\$\\{([A-Za-z0-9:.]+)}");

  private final Map<String, Object> document;
  private final Map<String, Object> parameters = new TreeMap<>();

  private Template(Path file, Map<String, Object> given) {
    this.document = object(new Yaml(new Intrinsics()).load(read(file)));
    section("Parameters")
        .forEach((name, told) -> parameters.put(name, String.valueOf(object(told).get("Default"))));
    parameters.putAll(given);
  }

  static Template of(Path file, Map<String, Object> parameters) {
    return new Template(file, parameters);
  }

  static Template of(Path file) {
    return of(file, Map.of());
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  /** The list, or the one value in its place, which is how IAM writes lists of one. */
  static List<?> list(Object value) {
    return value == null ? List.of() : value instanceof List<?> many ? many : List.of(value);
  }

  /** As it is written. */
  Map<String, Object> section(String name) {
    return object(document.get(name));
  }

  /** The resources that there are with these parameters, each resolved, by logical id. */
  Map<String, Map<String, Object>> resources() {
    Map<String, Map<String, Object>> made = new LinkedHashMap<>();
    section("Resources")
        .forEach(
            (id, resource) -> {
              Object condition = object(resource).get("Condition");
              if (condition == null || decide(condition)) {
                made.put(id, object(resolve(resource)));
              }
            });
    return made;
  }

  Map<String, Map<String, Object>> resources(String type) {
    Map<String, Map<String, Object>> found = new LinkedHashMap<>(resources());
    found.values().removeIf(resource -> !type.equals(resource.get("Type")));
    return found;
  }

  Map<String, Object> properties(String id) {
    return object(resources().get(id).get("Properties"));
  }

  private Object resolve(Object value) {
    if (value instanceof List<?> items) {
      return items.stream()
          .map(this::resolve)
          .filter(item -> item != NO_VALUE)
          .collect(Collectors.toCollection(ArrayList::new));
    }
    if (!(value instanceof Map<?, ?>)) {
      return value;
    }
    Map<String, Object> map = object(value);
    if (map.size() == 1) {
      String only = map.keySet().iterator().next();
      if (only.equals("Ref") || only.startsWith("Fn::")) {
        return call(only, map.get(only));
      }
    }
    Map<String, Object> resolved = new LinkedHashMap<>();
    map.forEach((key, item) -> resolved.put(key, resolve(item)));
    resolved.values().removeIf(item -> item == NO_VALUE);
    return resolved;
  }

  private Object call(String function, Object argument) {
    return switch (function) {
      case "Ref" -> reference((String) argument);
      case "Fn::GetAtt" -> place((String) argument);
      case "Fn::Sub" -> substitute((String) argument);
      case "Fn::If" -> resolve(list(argument).get(decide(list(argument).get(0)) ? 1 : 2));
      case "Fn::Join" -> join(list(resolve(argument)));
      case "Fn::Split" -> split(list(resolve(argument)));
      case "Fn::Select" -> select(list(resolve(argument)));
      case "Fn::Cidr" -> List.of("a", "b", "c", "d", "e", "f");
      case "Fn::GetAZs" -> List.of("1", "2", "3");
      default -> throw new AssertionError("unknown function " + function);
    };
  }

  private Object reference(String name) {
    return name.equals("AWS::NoValue")
        ? NO_VALUE
        : parameters.getOrDefault(name, "${" + name + "}");
  }

  private String substitute(String text) {
    return PLACE.matcher(text).replaceAll(m -> Matcher.quoteReplacement(place(m.group(1))));
  }

  /** A role that has a name has an ARN that is known before it is made. */
  private String place(String name) {
    if (name.equals("AWS::Partition")) {
      return "aws";
    }
    if (name.endsWith(".Arn")) {
      Map<String, Object> role = object(section("Resources").get(name.replace(".Arn", "")));
      Object roleName = resolve(object(role.get("Properties")).get("RoleName"));
      if ("AWS::IAM::Role".equals(role.get("Type")) && roleName != null) {
        return "arn:aws:iam::${AWS::AccountId}:role/" + roleName;
      }
    }
    return String.valueOf(reference(name));
  }

  private boolean decide(Object condition) {
    if (condition instanceof String name) {
      return decide(section("Conditions").get(name));
    }
    Map.Entry<String, Object> test = object(condition).entrySet().iterator().next();
    List<?> of = list(test.getValue());
    return switch (test.getKey()) {
      case "Fn::Equals" -> resolve(of.get(0)).equals(resolve(of.get(1)));
      case "Fn::Not" -> !decide(of.get(0));
      case "Fn::And" -> of.stream().allMatch(this::decide);
      default -> throw new AssertionError("unknown condition " + test.getKey());
    };
  }

  private static String join(List<?> arguments) {
    return list(arguments.get(1)).stream()
        .map(String::valueOf)
        .collect(Collectors.joining((String) arguments.get(0)));
  }

  private static List<String> split(List<?> arguments) {
    return List.of(((String) arguments.get(1)).split(Pattern.quote((String) arguments.get(0))));
  }

  private static Object select(List<?> arguments) {
    return list(arguments.get(1)).get(Integer.parseInt(String.valueOf(arguments.get(0))));
  }

  /** Reads {@code !Sub x} as {@code {"Fn::Sub": x}}. */
  private static final class Intrinsics extends SafeConstructor {
    Intrinsics() {
      super(new LoaderOptions());
      UnaryOperator<String> name = tag -> tag.equals("!Ref") ? "Ref" : "Fn::" + tag.substring(1);
      yamlMultiConstructors.put(
          "!",
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              return Map.of(name.apply(node.getTag().getValue()), content(node));
            }
          });
    }

    private Object content(Node node) {
      if (node instanceof ScalarNode scalar) {
        return scalar.getValue();
      }
      return node instanceof SequenceNode list
          ? constructSequence(list)
          : constructMapping((MappingNode) node);
    }
  }
}
