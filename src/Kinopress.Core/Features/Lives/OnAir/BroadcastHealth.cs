namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>What a broadcast's creator is told each second: of the stream that arrives, its smaller qualities and its recording. One caller at a time.</summary>
internal sealed class BroadcastHealth(TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly LiveHealth Silent = new(0, 0, KeyframeInterval: null, []);

    private long _measuredAt = clock.GetTimestamp();

    public StreamMeter Meter { get; } = new();

    /// <summary>An encoder begins, or begins again.</summary>
    /// <param name="frameRate">Frames per second as the stream itself declares; null when it does not.</param>
    public void Restart(double? frameRate)
    {
        Meter.Restart();
        Meter.DeclaredFrameRate = frameRate;
        _measuredAt = clock.GetTimestamp();
    }

    /// <param name="isAway">Nothing arrives, and that is known.</param>
    /// <param name="ladder">What there is to say of smaller qualities; null for nothing.</param>
    /// <returns>Null when it is not time yet.</returns>
    public LiveHealth? Measure(bool isAway, LiveAdvice? ladder, bool recordingFailed)
    {
        var elapsed = clock.GetElapsedTime(_measuredAt);
        if (elapsed < Every)
        {
            return null;
        }

        _measuredAt = clock.GetTimestamp();
        var health = isAway ? Silent : Meter.Measure(elapsed);
        health = ladder is null ? health : health with { Advice = [.. health.Advice, ladder] };
        return recordingFailed
            ? health with { Advice = [new LiveAdvice("recording_stopped", "The disk takes no more, so parts of this live will be missing in its replay. Make room on the server."), .. health.Advice] }
            : health;
    }
}
