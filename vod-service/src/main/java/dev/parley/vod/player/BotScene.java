package dev.parley.vod.player;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The bot's clip, drawn and played by FFmpeg's own filters: a slowly moving gradient, three balls, the title and a running clock; under it
 * plucked notes over a soft chord, C G a F, at -23 LUFS (EBU R 128). 24 s, 640x360 at 25. Fonts are found by fontconfig.
 */
final class BotScene {
    static final int SECONDS = 24;
    private static final int FPS = 25;
    private static final String FONT = "font='sans\\:bold'";

    private BotScene() {}

    static List<String> arguments(Path out) {
        String graph = String.join(";", picture(), sound());
        var args = new ArrayList<>(List.of("-hide_banner -loglevel error -nostdin -y -filter_complex".split(" ")));
        args.add(graph);
        args.addAll(List.of(("-map [v] -map [a] -t " + SECONDS
                        + " -c:v libx264 -profile:v high -preset veryfast -threads:v 2 -crf 20 -g 50"
                        + " -c:a aac -b:a 96k -movflags +faststart")
                .split(" ")));
        args.add(out.toString());
        return args;
    }

    private static String picture() {
        return String.join(
                ";",
                "gradients=s=640x360:r=" + FPS + ":d=" + SECONDS
                        + ":c0=0x14213d:c1=0x2a9d8f:c2=0x6a4c93:c3=0xe07a5f:n=4:speed=0.015:seed=7,format=yuv420p[bg]",
                ball("0xffd166", 34, "b1"),
                ball("0xef476f", 24, "b2"),
                ball("0x8ecae6", 18, "b3"),
                "[bg][b1]overlay=x='286+200*sin(2*PI*t/6)':y='230+70*sin(2*PI*t/4)':shortest=1[v1]",
                "[v1][b2]overlay=x='296+240*cos(2*PI*t/8)':y='296-130*abs(sin(2*PI*t/3))':shortest=1[v2]",
                "[v2][b3]overlay=x='302+160*sin(2*PI*t/3)':y='220+60*cos(2*PI*t/3)':shortest=1[v3]",
                "[v3]drawtext=" + FONT
                        + ":text='Parley bot':fontsize=56:fontcolor=white:shadowcolor=black@0.5:shadowx=2:shadowy=2:x=(w-tw)/2:y=48,"
                        + "drawtext=" + FONT
                        + ":text='%{pts\\:hms}':fontsize=30:fontcolor=white@0.9:box=1:boxcolor=black@0.35:boxborderw=8:x=(w-tw)/2:y=126,"
                        + "format=yuv420p[v]");
    }

    /** A disc: one picture, drawn once and repeated. */
    private static String ball(String colour, int radius, String name) {
        return "color=c=" + colour + ":s=" + 2 * radius + "x" + 2 * radius + ":r=" + FPS + ":d=0.04,format=rgba,"
                + "geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='220*clip(" + radius + "-hypot(X-" + radius + "+0.5,Y-"
                + radius
                + "+0.5),0,1)',loop=loop=-1:size=1:start=0[" + name + "]";
    }

    /** Numbers are MIDI notes: 69 is A at 440 Hz. Registers of the expression: 0 chord, 1 root, 2 third, 3 step, 4 note, 5 time in it. */
    private static String sound() {
        String chord = "st(0,mod(floor(t/3),4));st(1,if(eq(ld(0),0),60,if(eq(ld(0),1),55,if(eq(ld(0),2),57,53))));"
                + "st(2,if(eq(ld(0),2),3,4))";
        String note = "st(3,mod(floor(t/0.375),8));"
                + "st(4,ld(1)+if(eq(ld(3),0),0,if(eq(ld(3),1)+eq(ld(3),7),ld(2),if(eq(ld(3),2)+eq(ld(3),6),7,"
                + "if(eq(ld(3),4),12+ld(2),12)))));st(5,mod(t,0.375));st(6,2*PI*440*pow(2,(ld(4)-69)/12))";
        String pad = "st(7,mod(t,3));st(8,0.06*min(1,ld(7)*3)*min(1,(3-ld(7))*3))";
        String plucked = "0.30*min(1,ld(5)*80)*exp(-4.5*ld(5))*min(1,(0.375-ld(5))*80)"
                + "*(sin(ld(6)*ld(5))+0.3*sin(2*ld(6)*ld(5))+0.1*sin(3*ld(6)*ld(5)))";
        String held = "ld(8)*(" + held("ld(1)") + "+" + held("(ld(1)+ld(2))") + "+" + held("(ld(1)+7)") + ")";
        String expression = String.join(";", chord, note, pad, plucked + "+" + held);
        return "aevalsrc=exprs='" + expression + "':s=48000:d=" + SECONDS
                + ",aecho=0.8:0.7:90|180:0.25|0.15,lowpass=f=4500,afade=t=in:d=0.3,afade=t=out:st=" + (SECONDS - 0.6)
                + ":d=0.6,aformat=channel_layouts=mono[a]";
    }

    private static String held(String note) {
        return "sin(2*PI*220*pow(2,(" + note + "-69)/12)*ld(7))";
    }
}
