package dev.parley.vod.domain;

import dev.parley.vod.domain.PlaybackCommand.IngressLost;
import dev.parley.vod.domain.PlaybackCommand.InputEnded;
import dev.parley.vod.domain.PlaybackCommand.InputFailed;
import dev.parley.vod.domain.PlaybackCommand.PacketSent;
import dev.parley.vod.domain.PlaybackCommand.Stop;
import dev.parley.vod.domain.PlaybackCommand.Tick;
import dev.parley.vod.domain.PlaybackCommand.WorkerLost;
import dev.parley.vod.domain.PlaybackState.Failed;
import dev.parley.vod.domain.PlaybackState.Over;
import dev.parley.vod.domain.PlaybackState.Playing;
import dev.parley.vod.domain.PlaybackState.Starting;

/** The life of a playback as a function. */
public final class PlaybackRules {
    private PlaybackRules() {}

    /** The next state; the same object when nothing changes. No default branch: a new command does not compile until it is decided here. */
    public static PlaybackState decide(PlaybackState state, PlaybackCommand command) {
        return switch (state) {
            case Starting(var deadlineMs) ->
                switch (command) {
                    case PacketSent _ -> new Playing();
                    case InputEnded _ -> new Failed("The file has nothing to play.");
                    case Tick(var nowMs) when nowMs >= deadlineMs -> new Failed("No media came in time.");
                    case Tick _ -> state;
                    case InputFailed _, IngressLost _, Stop _, WorkerLost _ -> end(command);
                };
            case Playing _ ->
                switch (command) {
                    case PacketSent _, Tick _ -> state;
                    case InputEnded _ -> new Over("The file has played to its end.");
                    case InputFailed _, IngressLost _, Stop _, WorkerLost _ -> end(command);
                };
            case Over _, Failed _ -> state;
        };
    }

    private static PlaybackState end(PlaybackCommand command) {
        return switch (command) {
            case Stop _ -> new Over("Stopped.");
            case InputFailed(var reason) -> new Failed(reason);
            case IngressLost(var reason) -> new Failed(reason);
            case WorkerLost(var reason) -> new Failed(reason);
            case PacketSent _, InputEnded _, Tick _ ->
                throw new IllegalArgumentException(command + " does not end every state alike");
        };
    }
}
