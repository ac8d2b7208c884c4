using System.Collections.Concurrent;

namespace Kinopress.Core.Features.Lives;

/// <summary>
/// What is known of a live on air right now and is not worth keeping: whoever runs the broadcast writes it, pages and the
/// API read it. One for each process. Thread-safe.
/// </summary>
public sealed class LiveStatusBoard
{
    private readonly ConcurrentDictionary<string, LiveStatus> _statuses = new(StringComparer.Ordinal);

    /// <summary>Nobody watches and nothing is known, for a live that is not on air.</summary>
    public LiveStatus Of(string publicId) => _statuses.TryGetValue(publicId, out var status) ? status : LiveStatus.Nothing;

    public void SetViewers(string publicId, int viewers) =>
        _statuses.AddOrUpdate(publicId, _ => LiveStatus.Nothing with { Viewers = viewers }, (_, status) => status with { Viewers = viewers });

    public void SetHealth(string publicId, LiveHealth health) =>
        _statuses.AddOrUpdate(publicId, _ => LiveStatus.Nothing with { Health = health }, (_, status) => status with { Health = health });

    /// <summary>To be called when a live leaves the air.</summary>
    public void Remove(string publicId) => _statuses.TryRemove(publicId, out _);
}

/// <summary>A live at this moment.</summary>
/// <param name="Health">Null while nothing has been measured.</param>
public sealed record LiveStatus(int Viewers, LiveHealth? Health)
{
    public static LiveStatus Nothing { get; } = new(0, Health: null);
}

/// <summary>How well what the encoder sends arrives.</summary>
/// <param name="BitrateInBitsPerSecond">Of the last seconds.</param>
/// <param name="FrameRate">Frames per second that arrived; 0 for sound alone.</param>
/// <param name="KeyframeInterval">Null until two keyframes have come.</param>
/// <param name="Advice">What its creator should change, the most important first; empty when all is well.</param>
public sealed record LiveHealth(long BitrateInBitsPerSecond, double FrameRate, TimeSpan? KeyframeInterval, IReadOnlyList<LiveAdvice> Advice);

/// <summary>Something to change at the encoder.</summary>
/// <param name="Code">Stable, such as <c>keyframes_too_rare</c>.</param>
/// <param name="Message">Plain words: "Your keyframes are 8 s apart: set 2 s."</param>
public sealed record LiveAdvice(string Code, string Message);
