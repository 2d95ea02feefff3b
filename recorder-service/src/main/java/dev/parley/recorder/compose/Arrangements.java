package dev.parley.recorder.compose;

import dev.parley.contracts.recording.RecordParam;
import dev.parley.recorder.domain.TagPositions;
import dev.parley.recorder.domain.layout.Arrangement;
import dev.parley.recorder.domain.layout.Rect;
import java.util.TreeMap;

/** From the manual's parameters to an arrangement. */
final class Arrangements {
    private Arrangements() {}

    /** @param param checked and with its defaults */
    static Arrangement of(RecordParam param) {
        var custom = new TreeMap<Integer, Rect>();
        if (param.mixPosition() != null) {
            for (RecordParam.MixWindow w : param.mixPosition())
                custom.put(w.index(), new Rect(w.x_offset(), w.y_offset(), w.width(), w.height()));
        }
        var mode = Arrangement.Mode.values()[param.layoutMode()];
        return new Arrangement(mode, param.multiModeType() == 2, TagPositions.parse(param.tagPosition()), custom);
    }
}
