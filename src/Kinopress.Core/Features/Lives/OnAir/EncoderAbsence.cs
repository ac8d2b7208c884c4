namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>The time in which no encoder sends: how long it may last, and what players are shown meanwhile. One caller at a time.</summary>
internal sealed class EncoderAbsence(BroadcastRendition target, TimeProvider clock)
{
    private static readonly TimeSpan FillerAfter = TimeSpan.FromSeconds(4);

    private FillerSource? _filler;
    private long? _since;

    public bool HasBegun => _since is not null;

    /// <summary>Zero while there is an encoder.</summary>
    public TimeSpan Length => _since is { } since ? clock.GetElapsedTime(since) : TimeSpan.Zero;

    public void Begin() => _since = clock.GetTimestamp();

    /// <summary>An encoder is there.</summary>
    public void End() => (_filler, _since) = (null, null);

    /// <summary>Shows players something, once they have waited for a while.</summary>
    public void Fill()
    {
        if (Length is var away && away >= FillerAfter)
        {
            _filler ??= FillerSource.Start(target, away, clock);
            _filler.WriteUntil(clock.GetTimestamp());
        }
    }
}
