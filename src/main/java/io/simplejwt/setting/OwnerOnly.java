package io.simplejwt.setting;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that nobody but the service's own user may read, where the file system knows users. */
public final class OwnerOnly {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private OwnerOnly() {}

  /** Makes the directory unless it exists; an existing one keeps its rights. */
  public static void makeDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, rights("rwx------"));
    }
  }

  /** Makes an empty file unless it exists. */
  public static void makeFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file, rights("rw-------"));
    }
  }

  /** Writes the file whole or not at all. */
  public static void write(Path file, String text) throws IOException {
    Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), ".new", "");
    Files.writeString(whole, text); // temporary files are the owner's only
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Waits until a file's content, or a directory's names, are on disk. */
  public static void force(Path place) throws IOException {
    boolean directory = Files.isDirectory(place);
    if (directory && !POSIX) {
      return; // Windows opens no directories
    }
    try (FileChannel channel =
        FileChannel.open(place, directory ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static FileAttribute<?>[] rights(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
