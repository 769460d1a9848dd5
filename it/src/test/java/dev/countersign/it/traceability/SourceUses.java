package dev.countersign.it.traceability;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Reads where source files say {@code @Enforces} and {@code @Requirement}, by their syntax only.
 */
final class SourceUses {
  private static final Set<String> ANNOTATIONS = Set.of("Enforces", "Requirement");

  private SourceUses() {}

  /**
   * One id in one annotation.
   *
   * @param annotation its simple name
   * @param id as it is written
   * @param file as it was asked for
   * @param place the class with its package, and behind {@code #} the member if there is one; of a
   *     package its name
   */
  record Use(String annotation, String id, Path file, String place) {}

  /** All uses in the files, in their order. Only syntax is looked at: nothing needs to compile. */
  static List<Use> in(Path root, List<Path> files) throws IOException {
    if (files.isEmpty()) {
      return List.of();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Use> uses = new ArrayList<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(_ -> {}, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  _ -> {},
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files.stream().map(root::resolve).toList()));
      for (CompilationUnitTree unit : task.parse()) {
        Path file = root.relativize(Path.of(unit.getSourceFile().toUri()));
        new Reader(file, uses).scan(unit, null);
      }
    }
    return uses;
  }

  private static final class Reader extends TreePathScanner<Void, Void> {
    private final Path file;
    private final List<Use> uses;
    private final Deque<String> types = new ArrayDeque<>();
    private String packageName = "";

    Reader(Path file, List<Use> uses) {
      this.file = file;
      this.uses = uses;
    }

    @Override
    public Void visitCompilationUnit(CompilationUnitTree unit, Void nothing) {
      packageName = unit.getPackageName() == null ? "" : unit.getPackageName().toString();
      note(unit.getPackageAnnotations(), packageName);
      return super.visitCompilationUnit(unit, null);
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      // One without a name belongs to the one around it.
      String name = type.getSimpleName().toString();
      if (!name.isEmpty()) {
        types.addLast(name);
      }
      note(type.getModifiers().getAnnotations(), here());
      super.visitClass(type, null);
      if (!name.isEmpty()) {
        types.removeLast();
      }
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      String name = method.getName().toString();
      String shown = name.equals("<init>") ? types.getLast() : name;
      note(method.getModifiers().getAnnotations(), here() + "#" + shown);
      return super.visitMethod(method, null);
    }

    @Override
    public Void visitVariable(VariableTree variable, Void nothing) {
      note(variable.getModifiers().getAnnotations(), here() + "#" + variable.getName());
      return super.visitVariable(variable, null);
    }

    private String here() {
      return Stream.concat(Stream.of(packageName), types.stream())
          .filter(name -> !name.isEmpty())
          .collect(Collectors.joining("."));
    }

    private void note(Collection<? extends AnnotationTree> annotations, String place) {
      for (AnnotationTree annotation : annotations) {
        String name = annotation.getAnnotationType().toString();
        if (ANNOTATIONS.contains(name)) {
          literals(annotation).forEach(id -> uses.add(new Use(name, id, file, place)));
        }
      }
    }

    private static List<String> literals(AnnotationTree annotation) {
      List<String> found = new ArrayList<>();
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitLiteral(LiteralTree literal, Void nothing) {
          if (literal.getValue() instanceof String text) {
            found.add(text);
          }
          return null;
        }
      }.scan(annotation.getArguments(), null);
      return found;
    }
  }
}
