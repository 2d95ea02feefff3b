package dev.parley.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads reports in JUnit's XML: of Surefire, of Failsafe, and of Node's test runner. */
final class TestReports {
    enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    /** @param name as reported; for a parameterized test with its parameters, such as {@code plays(String)[2]} */
    record Case(String className, String name, Outcome outcome) {
        /** The name of the method alone. */
        String method() {
            int end = 0;
            while (end < name.length() && Character.isJavaIdentifierPart(name.charAt(end))) end++;
            return name.substring(0, end);
        }
    }

    private TestReports() {}

    static List<Case> read(Path file) {
        var factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = Files.newInputStream(file)) {
            return cases(factory.createXMLStreamReader(in));
        } catch (IOException | XMLStreamException e) {
            throw new Fault("cannot read the report " + file + ": " + e.getMessage());
        }
    }

    private static List<Case> cases(XMLStreamReader xml) throws XMLStreamException {
        var cases = new ArrayList<Case>();
        Case open = null;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "testcase" -> open = new Case(text(xml, "classname"), text(xml, "name"), Outcome.PASSED);
                    // A test that passed only when it was run again has not proven anything.
                    case "failure", "error", "flakyFailure", "flakyError", "rerunFailure", "rerunError" -> open = with(open, Outcome.FAILED);
                    case "skipped" -> open = with(open, Outcome.SKIPPED);
                    default -> {}
                }
            } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("testcase")) {
                cases.add(open);
                open = null;
            }
        }
        return cases;
    }

    private static Case with(Case open, Outcome outcome) {
        return open == null ? null : new Case(open.className(), open.name(), outcome);
    }

    private static String text(XMLStreamReader xml, String attribute) {
        String value = xml.getAttributeValue(null, attribute);
        return value == null ? "" : value;
    }
}
