using System.Globalization;

namespace Kinopress.Testing.Live;

/// <summary>
/// Watches the playlists of one live rendition as a client sees them and keeps every breach of RFC 8216bis it can tell. Each
/// violation starts with the name of its rule.
/// </summary>
/// <param name="maySkimp">Frames come too irregularly for parts to be long enough: a picture of variable rate.</param>
/// <param name="patience">How much later than its part target an update may arrive; null does not look at the clock.</param>
public sealed class LivePlaylistChecker(bool maySkimp = false, TimeSpan? patience = null)
{
    private const double Millisecond = 0.001;
    private const double Rounding = 0.00002;

    private static readonly string[] Constants = ["#EXT-X-VERSION", "#EXT-X-TARGETDURATION", "#EXT-X-SERVER-CONTROL", "#EXT-X-PART-INF"];

    private readonly List<string> violations = [];
    private readonly SortedDictionary<long, ListedSegment> known = [];
    private readonly Dictionary<(long Sequence, int Index), ListedPart> knownParts = [];
    private LivePlaylistReading? last;
    private string? lastText;
    private TimeSpan changedAt;
    private (long Sequence, int Count) edge;

    public IReadOnlyList<string> Violations => violations;

    /// <param name="at">When it was received, by any clock that goes forward.</param>
    /// <param name="text">Full, or a delta on what was received before.</param>
    public void Receive(TimeSpan at, string text)
    {
        var playlist = new LivePlaylistReading(text);
        violations.AddRange(playlist.Errors);
        CheckHeader(playlist);
        CheckDurations(playlist);
        CheckSkip(playlist);
        CheckAgainstKnown(playlist);
        if (last is { } before)
        {
            CheckChange(before, playlist, at, text);
        }

        Learn(playlist);
        changedAt = lastText == text ? changedAt : at;
        (last, lastText) = (playlist, text);
    }

    private void CheckHeader(LivePlaylistReading playlist)
    {
        Expect(playlist.Header.ContainsKey("#EXT-X-TARGETDURATION"), "target: no EXT-X-TARGETDURATION");
        Expect(
            int.TryParse(playlist.Header.GetValueOrDefault("#EXT-X-VERSION"), CultureInfo.InvariantCulture, out var version)
            && version >= (playlist.Skipped > 0 ? 9 : 6),
            "version: too low for what the playlist uses");
        var holdBack = playlist.Seconds("#EXT-X-SERVER-CONTROL", "PART-HOLD-BACK");
        Expect(playlist.PartTarget > 0 && holdBack >= (3 * playlist.PartTarget) - Rounding, "hold back: PART-HOLD-BACK is under three part targets");
        Expect(
            playlist.Seconds("#EXT-X-SERVER-CONTROL", "HOLD-BACK") >= 3 * playlist.TargetDuration,
            "hold back: HOLD-BACK is under three target durations");
        Expect(
            playlist.Seconds("#EXT-X-SERVER-CONTROL", "CAN-SKIP-UNTIL") is var skip && (skip == 0 || skip >= 6 * playlist.TargetDuration),
            "skip: CAN-SKIP-UNTIL is under six target durations");
        Expect(playlist.IsEnded == (playlist.Hint is null), "hint: an open playlist has one, an ended one has none");
    }

    private void CheckDurations(LivePlaylistReading playlist)
    {
        foreach (var segment in playlist.Segments)
        {
            Expect(
                Math.Round(segment.Duration, MidpointRounding.AwayFromZero) <= playlist.TargetDuration,
                $"target: segment {segment.Sequence} is longer than the target duration");
            Expect(
                segment.Parts.Count == 0 || Math.Abs(segment.Parts.Sum(part => part.Duration) - segment.Duration) < Millisecond,
                $"sum: parts of segment {segment.Sequence} do not add up to it");
            CheckParts(playlist, segment.Parts);
        }

        CheckParts(playlist, playlist.Open?.Parts ?? []);
    }

    // The last part of a segment may be short, and the last so far may turn out to be that.
    private void CheckParts(LivePlaylistReading playlist, List<ListedPart> parts)
    {
        foreach (var part in parts)
        {
            Expect(part.Duration <= playlist.PartTarget + (Rounding / 4), $"part: {part.Location} is longer than the part target");
            Expect(
                maySkimp || part == parts[^1] || part.Duration >= (0.85 * playlist.PartTarget) - Rounding,
                $"part: {part.Location} is shorter than 85 % of the part target");
        }
    }

    private void CheckSkip(LivePlaylistReading playlist)
    {
        if (playlist.Skipped == 0)
        {
            return;
        }

        var listed = playlist.Segments.Sum(segment => segment.Duration) + (playlist.Open?.Parts.Sum(part => part.Duration) ?? 0);
        Expect(
            listed >= playlist.Seconds("#EXT-X-SERVER-CONTROL", "CAN-SKIP-UNTIL") - Millisecond,
            "skip: segments within CAN-SKIP-UNTIL of the end are left out");
        for (var i = 0; i < playlist.Skipped; i++)
        {
            Expect(known.ContainsKey(playlist.MediaSequence + i), $"skip: segment {playlist.MediaSequence + i} is skipped and was never listed");
        }
    }

    private void CheckAgainstKnown(LivePlaylistReading playlist)
    {
        foreach (var segment in playlist.Segments)
        {
            if (known.TryGetValue(segment.Sequence, out var before))
            {
                var same = before with { Parts = segment.Parts, Map = segment.Map is null || before.Map is null ? segment.Map : before.Map };
                Expect(same == segment, $"change: segment {segment.Sequence} is not what it was");
            }

            CheckKnownParts(segment.Sequence, segment.Parts);
        }

        CheckKnownParts(OpenSequence(playlist), playlist.Open?.Parts ?? []);
    }

    private void CheckKnownParts(long sequence, List<ListedPart> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            Expect(
                !knownParts.TryGetValue((sequence, i), out var before) || before == parts[i],
                $"change: part {i} of segment {sequence} is not what it was");
        }
    }

    private void CheckChange(LivePlaylistReading before, LivePlaylistReading playlist, TimeSpan at, string text)
    {
        foreach (var tag in Constants)
        {
            Expect(before.Header.GetValueOrDefault(tag) == playlist.Header.GetValueOrDefault(tag), $"constant: {tag} changed");
        }

        Expect(playlist.MediaSequence >= before.MediaSequence, "sequence: the media sequence went back");
        var removed = known.Where(pair => pair.Key >= before.MediaSequence && pair.Key < playlist.MediaSequence).ToList();
        Expect(
            playlist.DiscontinuitySequence == before.DiscontinuitySequence + removed.Count(pair => pair.Value.IsDiscontinuity),
            "discontinuity: the sequence does not count the discontinuities that were removed");
        var now = EdgeOf(playlist);
        Expect(now.Sequence > edge.Sequence || now == edge || (now.Sequence == edge.Sequence && now.Count > edge.Count), "vanished: the end of the playlist went back");
        Expect(removed.Count == 0 || LengthOf(playlist) >= 3 * playlist.TargetDuration, "vanished: segments left though under three target durations remain");
        CheckPartsStay(before, playlist);
        CheckHint(before, playlist);
        Expect(!before.IsEnded || text == lastText, "end: the playlist changed after EXT-X-ENDLIST");
        if (patience is { } slack && text != lastText && !playlist.IsEnded)
        {
            Expect(
                at - changedAt <= TimeSpan.FromSeconds(playlist.PartTarget) + slack,
                $"late: nothing was added for {(at - changedAt).TotalSeconds:0.000} s");
        }
    }

    private void CheckPartsStay(LivePlaylistReading before, LivePlaylistReading playlist)
    {
        var behind = playlist.Open?.Parts.Sum(part => part.Duration) ?? 0;
        var listed = playlist.Segments.ToDictionary(segment => segment.Sequence);
        foreach (var segment in playlist.Segments.AsEnumerable().Reverse())
        {
            var had = before.Segments.Find(other => other.Sequence == segment.Sequence)?.Parts.Count
                ?? (OpenSequence(before) == segment.Sequence ? before.Open?.Parts.Count ?? 0 : 0);
            Expect(
                segment.Parts.Count >= had || behind >= (3 * playlist.TargetDuration) - Millisecond,
                $"vanished: parts of segment {segment.Sequence} left within three target durations of the end");
            behind += segment.Duration;
        }

        Expect(
            before.Segments.TrueForAll(segment => segment.Sequence < playlist.MediaSequence + playlist.Skipped || listed.ContainsKey(segment.Sequence)),
            "vanished: a segment is missing from the middle");
    }

    private void CheckHint(LivePlaylistReading before, LivePlaylistReading playlist)
    {
        if (before.Hint is not { } hint || EdgeOf(before) == EdgeOf(playlist))
        {
            return;
        }

        var news = playlist.Segments.SelectMany(segment => segment.Parts.Select((part, i) => (segment.Sequence, Index: i, Part: part, segment.IsDiscontinuity)))
            .Concat((playlist.Open?.Parts ?? []).Select((part, i) => (Sequence: OpenSequence(playlist), Index: i, Part: part, playlist.Open?.IsDiscontinuity ?? false)))
            .Where(item => item.Sequence >= OpenSequence(before) && !knownParts.ContainsKey((item.Sequence, item.Index)))
            .ToList();
        Expect(news.Count == 0 || news[0].Part.Location == hint || news[0].Item4, $"hint: {hint} was announced and did not come");
    }

    private void Learn(LivePlaylistReading playlist)
    {
        foreach (var segment in playlist.Segments)
        {
            known[segment.Sequence] = segment.Map is null && known.TryGetValue(segment.Sequence, out var before) ? segment with { Map = before.Map } : segment;
            Learn(segment.Sequence, segment.Parts);
        }

        Learn(OpenSequence(playlist), playlist.Open?.Parts ?? []);
        edge = EdgeOf(playlist);
    }

    private void Learn(long sequence, List<ListedPart> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            knownParts[(sequence, i)] = parts[i];
        }
    }

    private double LengthOf(LivePlaylistReading playlist) =>
        playlist.Segments.Sum(segment => segment.Duration) + known.Where(pair => pair.Key >= playlist.MediaSequence && pair.Key < playlist.MediaSequence + playlist.Skipped).Sum(pair => pair.Value.Duration);

    private static long OpenSequence(LivePlaylistReading playlist) => playlist.MediaSequence + playlist.Skipped + playlist.Segments.Count;

    private static (long Sequence, int Count) EdgeOf(LivePlaylistReading playlist) => (OpenSequence(playlist), playlist.Open?.Parts.Count ?? 0);

    private void Expect(bool holds, string violation)
    {
        if (!holds && !violations.Contains(violation))
        {
            violations.Add(violation);
        }
    }
}
