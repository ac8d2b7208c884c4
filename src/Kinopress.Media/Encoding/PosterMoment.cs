using Kinopress.Media.Probing;

namespace Kinopress.Media.Encoding;

/// <summary>Where to look for a poster: past titles and fades, before the plot is given away.</summary>
public static class PosterMoment
{
    private static readonly TimeSpan Latest = TimeSpan.FromMinutes(3);

    /// <returns>Zero for films too short to choose.</returns>
    public static TimeSpan Choose(ProbedMedia media) => Candidates(media, 1)[0];

    /// <summary>Moments between 10 and 33 % of the film, early to late, for a creator to choose from.</summary>
    /// <param name="count">At least one.</param>
    public static IReadOnlyList<TimeSpan> Candidates(ProbedMedia media, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var duration = media.Video?.EndsAt is { } end && end < media.Duration ? end : media.Duration;
        if (duration < TimeSpan.FromSeconds(2))
        {
            return [TimeSpan.Zero];
        }

        var first = Milliseconds(Min(duration * 0.1, Latest));
        var last = Milliseconds(duration * 0.33);
        return [.. Enumerable.Range(0, count).Select(i => Milliseconds(first + ((last - first) * i / count)))];
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Milliseconds(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Floor(time.TotalMilliseconds));
}
