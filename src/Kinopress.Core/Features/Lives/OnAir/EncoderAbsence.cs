namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>The time in which no encoder sends: how long it may last, and what players are shown meanwhile. One caller at a time.</summary>
internal sealed class EncoderAbsence(BroadcastRendition target, TimeProvider clock)
{
    /// <summary>An encoder that has sent nothing for so long is away, connected or not.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private FillerSource? _filler;
    private long? _since;

    public bool HasBegun => _since is not null;

    /// <summary>Zero while there is an encoder.</summary>
    public TimeSpan Length => _since is { } since ? clock.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>How much of it players have seen nothing of.</summary>
    public TimeSpan Unfilled => _filler is null ? Length : TimeSpan.Zero;

    /// <param name="since">When the last of its pictures or sounds came; a timestamp.</param>
    public void Begin(long since) => _since = since;

    /// <summary>An encoder is there.</summary>
    public void End() => (_filler, _since) = (null, null);

    /// <summary>Shows players something, once they have waited for a while.</summary>
    public void Fill()
    {
        if (Length is var away && away >= Patience)
        {
            _filler ??= FillerSource.Start(target, away, clock);
            _filler.WriteUntil(clock.GetTimestamp());
        }
    }
}
