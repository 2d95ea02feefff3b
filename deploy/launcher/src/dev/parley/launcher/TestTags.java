package dev.parley.launcher;

import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * JUnit's tags of one module's compiled test classes: Surefire's reports do not tell them. As in JUnit, a test has the tags of its method, of its class, of the
 * classes around that, and of those above it. Reads the class files; loads and runs nothing of them.
 */
final class TestTags {
    private static final String TAG = "Lorg/junit/jupiter/api/Tag;";
    private static final String TAGS = "Lorg/junit/jupiter/api/Tags;";

    /** @param above binary name of the superclass; around: of the class that this one is nested in, or null */
    private record Tested(String above, String around, Set<String> tags, Map<String, Set<String>> byMethod, long compiledMs) {}

    private final Map<String, Tested> classes = new HashMap<>();

    /** @param folder target/test-classes */
    static TestTags read(Path folder) {
        var tags = new TestTags();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".class")).toList()) {
                long compiledMs = Files.getLastModifiedTime(file).toMillis();
                tags.add(ClassFile.of().parse(file), compiledMs);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new Fault("cannot read the test classes in " + folder + ": " + e.getMessage());
        }
        return tags;
    }

    private void add(ClassModel model, long compiledMs) {
        String name = binaryName(model.thisClass().asInternalName());
        var byMethod = new HashMap<String, Set<String>>();
        for (MethodModel method : model.methods()) {
            byMethod.computeIfAbsent(method.methodName().stringValue(), key -> new TreeSet<>()).addAll(tagsOf(method));
        }
        String above = model.superclass().map(one -> binaryName(one.asInternalName())).orElse("");
        int dollar = name.lastIndexOf('$');
        classes.put(name, new Tested(above, dollar < 0 ? null : name.substring(0, dollar), tagsOf(model), byMethod, compiledMs));
    }

    /** Every tag there is, of tests that ran and of others. */
    Set<String> all() {
        var all = new TreeSet<String>();
        for (Tested tested : classes.values()) {
            all.addAll(tested.tags());
            tested.byMethod().values().forEach(all::addAll);
        }
        return all;
    }

    boolean knows(String className) {
        return classes.containsKey(className);
    }

    /** Whether the class was compiled anew after that moment, so that a report of then says nothing about it. */
    boolean isNewer(String className, long reportMs) {
        return classes.get(className).compiledMs() > reportMs;
    }

    /** @param className as reports have it, with $ for a nested class; overloads of a method share their tags, as reports do not tell them apart */
    Set<String> of(String className, String method) {
        var tags = new TreeSet<String>();
        var seen = new HashSet<String>();
        boolean found = false;
        for (String name = className; classes.containsKey(name) && seen.add(name); name = classes.get(name).above()) {
            Tested tested = classes.get(name);
            if (!found && tested.byMethod().containsKey(method)) {
                tags.addAll(tested.byMethod().get(method));
                found = true; // an override has its own tags only
            }
            for (String around = name; around != null && classes.containsKey(around); around = classes.get(around).around()) {
                tags.addAll(classes.get(around).tags());
            }
        }
        return tags;
    }

    private static Set<String> tagsOf(AttributedElement element) {
        var tags = new TreeSet<String>();
        element.findAttribute(Attributes.runtimeVisibleAnnotations())
                .ifPresent(found -> found.annotations().forEach(annotation -> collect(annotation, tags)));
        return tags;
    }

    private static void collect(Annotation annotation, Set<String> tags) {
        String type = annotation.className().stringValue();
        if (!type.equals(TAG) && !type.equals(TAGS)) return;
        for (AnnotationElement element : annotation.elements()) {
            switch (element.value()) {
                case AnnotationValue.OfString text -> tags.add(text.stringValue());
                case AnnotationValue.OfArray several -> several.values().forEach(one -> {
                    if (one instanceof AnnotationValue.OfAnnotation inner) collect(inner.annotation(), tags);
                });
                default -> {}
            }
        }
    }

    private static String binaryName(String internal) {
        return internal.replace('/', '.');
    }
}
