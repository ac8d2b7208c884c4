namespace Kinopress.Media.Live;

/// <summary>How long parts and segments may be. Chosen when a session starts and constant from then on (RFC 8216bis §6.2.1).</summary>
/// <param name="Part">No part is longer; but for the last of a segment none is shorter than 85 % of it (RFC 8216bis §4.4.4.9).</param>
/// <param name="Segment">A segment ends at the first keyframe after this.</param>
/// <param name="LongestSegment">Without a keyframe a segment ends here all the same. Whole seconds: it is the target duration.</param>
public sealed record LiveTargets(TimeSpan Part, TimeSpan Segment, TimeSpan LongestSegment)
{
    // Timestamps are whole milliseconds and tremble: a part of so many frames may seem that much longer.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(10);

    private const double UsualPartInSeconds = 0.5;

    // Of parts of half a second; 29.97 frames a second do not quite make whole ones.
    private const double NearlyWhole = 0.05;

    /// <summary>
    /// Parts of about half a second, segments of two to four. A part takes thirteen frames of 25 a second, fifteen of 30 and
    /// 31 of 60, so that two seconds are four parts in each case.
    /// </summary>
    public static LiveTargets Default { get; } =
        new(TimeSpan.FromSeconds(0.53), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));

    /// <summary>Target duration of playlists, in seconds.</summary>
    public int TargetDurationInSeconds => (int)Math.Ceiling(LongestSegment.TotalSeconds);

    /// <summary>How far from the end players of parts stay: three parts (RFC 8216bis §4.4.3.8).</summary>
    public TimeSpan PartHoldBack => Part * 3;

    /// <summary>How far from the end players of segments stay: three target durations.</summary>
    public TimeSpan HoldBack => TimeSpan.FromSeconds(3 * TargetDurationInSeconds);

    /// <summary>Delta playlists may leave out what is further from the end than this: six target durations.</summary>
    public TimeSpan CanSkipUntil => TimeSpan.FromSeconds(6 * TargetDurationInSeconds);

    /// <summary>
    /// A part takes whole frames of at least half a second, so that two seconds are four nearly equal parts. Longer parts for
    /// slow pictures: under seven frames a part, parts would differ by more than 15 %. At most two seconds.
    /// </summary>
    /// <param name="framesPerSecond">Null when unknown.</param>
    public static LiveTargets For(double? framesPerSecond)
    {
        if (framesPerSecond is not > 0)
        {
            return Default;
        }

        if (framesPerSecond.Value >= 14)
        {
            var frames = Math.Ceiling((framesPerSecond.Value * UsualPartInSeconds) - NearlyWhole);
            return Default with { Part = TimeSpan.FromMilliseconds(Math.Ceiling(1000 * frames / framesPerSecond.Value)) + Slack };
        }

        var part = TimeSpan.FromMilliseconds(Math.Ceiling(7000 / framesPerSecond.Value));
        return Default with { Part = part < TimeSpan.FromSeconds(2) ? part : TimeSpan.FromSeconds(2) };
    }
}
