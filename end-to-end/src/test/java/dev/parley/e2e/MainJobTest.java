package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@ExtendWith(RunningSuite.class)
@Isolated("measures how long a recording is")
class MainJobTest {
    @Test
    @Tag("MRTC-FEA-01")
    @Tag("MRTC-FEA-12")
    @Tag("MRTC-ARC-08")
    @Tag("MRTC-ARC-11")
    void twoPeopleTalkTheCallIsRecordedAndTheBusinessServerHearsOfIt(Suite suite, @TempDir Path folder)
            throws Exception {
        assertEquals(List.of(), new Demo(suite, folder).run());
    }
}
