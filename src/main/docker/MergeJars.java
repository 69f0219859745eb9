import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * {@code java MergeJars.java DIRECTORY}: makes one jar of all libraries of a packaged service (of the form aot-jar), and
 * names it on the class path in their place.
 *
 * <p>A start opens every jar of its class path, reads its manifest, and asks each of them for every service that is looked
 * up: with two hundred jars that is a seventh of it. The application's own jars stay as they are, so that a change of the
 * code changes nothing here; the same libraries make the same file.
 */
class MergeJars {
  private static final String MERGED = "lib/main/dependencies.jar";
  private static final String SERVICES = "META-INF/services/";
  private static final FileTime ALWAYS = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));

  private final Set<String> written = new HashSet<>();
  private final Map<String, Long> sums = new HashMap<>();
  private final Map<String, ByteArrayOutputStream> services = new TreeMap<>();
  private final JarOutputStream out;

  private MergeJars(JarOutputStream out) {
    this.out = out;
  }

  public static void main(String... arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    Path start = directory.resolve("quarkus-run.jar");
    Manifest manifest;
    try (JarFile file = new JarFile(start.toFile())) {
      manifest = file.getManifest();
    }
    Attributes main = manifest.getMainAttributes();
    List<String> classPath = List.of(main.getValue(Attributes.Name.CLASS_PATH).split(" "));
    List<Path> libraries = classPath.stream().filter(MergeJars::isLibrary).map(directory::resolve).toList();
    Path merged = directory.resolve("merged.jar");
    Manifest general = new Manifest();
    general.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    general.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    jar(merged, general, libraries);
    for (Path library : libraries) {
      Files.delete(library);
    }
    Files.move(merged, directory.resolve(MERGED));
    String own = String.join(" ", classPath.stream().filter(jar -> !isLibrary(jar)).toList());
    main.put(Attributes.Name.CLASS_PATH, own + " " + MERGED);
    jar(start, manifest, List.of());
    for (String changed : List.of("lib", "lib/boot", "lib/main")) {
      Files.setLastModifiedTime(directory.resolve(changed), ALWAYS);
    }
    System.out.printf("%d libraries in one jar%n", libraries.size());
  }

  private static boolean isLibrary(String jar) {
    return jar.startsWith("lib/");
  }

  /** Makes a jar of what the jars hold. */
  private static void jar(Path made, Manifest manifest, List<Path> jars) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(made))) {
      MergeJars all = new MergeJars(out);
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      manifest.write(head);
      all.write(JarFile.MANIFEST_NAME, new ByteArrayInputStream(head.toByteArray()));
      for (Path jar : jars) {
        try (JarFile file = new JarFile(jar.toFile())) {
          all.add(file, jar.getFileName().toString());
        }
      }
      for (Map.Entry<String, ByteArrayOutputStream> service : all.services.entrySet()) {
        all.write(service.getKey(), new ByteArrayInputStream(service.getValue().toByteArray()));
      }
    }
    Files.setLastModifiedTime(made, ALWAYS);
  }

  /** Of entries with the same name the first one counts, as on a class path; of services, what all jars name. */
  private void add(JarFile jar, String library) throws IOException {
    for (JarEntry entry : Collections.list(jar.entries())) {
      String name = entry.getName();
      if (entry.isDirectory() || isOfItsJarOnly(name) || isNative(name)) {
        continue;
      }
      try (InputStream content = jar.getInputStream(entry)) {
        if (name.startsWith(SERVICES)) {
          ByteArrayOutputStream service = services.computeIfAbsent(name, first -> new ByteArrayOutputStream());
          content.transferTo(service);
          service.write('\n');
        } else if (isLicense(name)) {
          write("META-INF/licenses/" + library + "/" + name.substring(name.indexOf('/') + 1), content);
        } else if (!write(name, content) && mustBeOne(name) && sums.get(name) != entry.getCrc()) {
          throw new IllegalStateException(library + " has another " + name + " than a library before it");
        }
        sums.putIfAbsent(name, entry.getCrc());
      }
    }
  }

  /** Manifests, and the signatures of one jar's entries together. */
  private static boolean isOfItsJarOnly(String name) {
    return name.equals(JarFile.MANIFEST_NAME)
        || name.endsWith("module-info.class")
        || name.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC|LIST)");
  }

  /** Each library's, which goes wherever the library does. */
  private static boolean isLicense(String name) {
    return name.matches("(?i)META-INF/(LICEN[SC]E|NOTICE|COPYRIGHT)[^/]*");
  }

  /** What a class path would have of two, in a way that somebody may count on; all else in META-INF tells of one jar. */
  private static boolean mustBeOne(String name) {
    return !name.startsWith("META-INF/") || name.startsWith("META-INF/microprofile-config");
  }

  /** Every system's; what is used of this one's is unpacked, see unpack-native.sh. */
  private static boolean isNative(String name) {
    return name.matches(".*\\.(so|dll|dylib|jnilib|a)");
  }

  private boolean write(String name, InputStream content) throws IOException {
    if (!written.add(name)) {
      return false;
    }
    ZipEntry entry = new ZipEntry(name);
    entry.setLastModifiedTime(ALWAYS);
    out.putNextEntry(entry);
    content.transferTo(out);
    out.closeEntry();
    return true;
  }
}
