package dev.parley.checks.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The classes of {@code ./parley}, by their names. The launcher is no Maven module and its classes are not public: its sources are compiled here, and reached by
 * reflection. Close it when done.
 */
final class Launcher implements AutoCloseable {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final URLClassLoader classes;

    /** @param folder for the class files; empty */
    Launcher(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("deploy/launcher/src/dev/parley/launcher"))) {
            var arguments = Stream.concat(
                    Stream.of("-Xlint:all", "-Werror", "-d", folder.toString(), "-classpath", folder.toString()),
                    files.map(Path::toString).filter(file -> file.endsWith(".java")));
            assertEquals(
                    0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
        }
        classes = new URLClassLoader(new URL[] {folder.toUri().toURL()});
    }

    /** A new object of this class by its constructor with so many parameters. */
    Object make(String type, Object... arguments) throws ReflectiveOperationException {
        var constructor = Arrays.stream(type(type).getDeclaredConstructors())
                .filter(one -> one.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow();
        constructor.setAccessible(true);
        return constructor.newInstance(arguments);
    }

    /** The folders of a suite: {@code root} is the clone, {@code home} what the suite writes to. */
    Object layout(Path root, Path home) throws ReflectiveOperationException {
        return make("Layout", root, home);
    }

    /** What a method of the object answers. @throws InvocationTargetException with what the method threw as its cause */
    Object call(Object object, String method, Object... arguments) throws ReflectiveOperationException {
        return call(object.getClass(), object, method, arguments);
    }

    /** The same for a static method. */
    Object callStatic(String type, String method, Object... arguments) throws ReflectiveOperationException {
        return call(type(type), null, method, arguments);
    }

    private static Object call(Class<?> type, Object object, String name, Object... arguments)
            throws ReflectiveOperationException {
        var method = Arrays.stream(type.getDeclaredMethods())
                .filter(one -> one.getName().equals(name) && one.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow();
        method.setAccessible(true);
        return method.invoke(object, arguments);
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return classes.loadClass("dev.parley.launcher." + name);
    }

    @Override
    public void close() throws IOException {
        classes.close();
    }
}
