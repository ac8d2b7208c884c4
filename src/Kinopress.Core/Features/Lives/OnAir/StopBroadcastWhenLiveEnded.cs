using System.Collections.Frozen;
using Kinopress.Core.Events;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>Its creator pressed the button: the encoder is told and the recording kept. Harmless when it had ended by itself.</summary>
public sealed class StopBroadcastWhenLiveEnded(Broadcasts broadcasts) : EventReaction
{
    public override IReadOnlySet<string> Kinds { get; } = new[] { LiveEnded.Name }.ToFrozenSet();

    public override Task HandleAsync(OutboxEvent happened, CancellationToken cancellationToken)
    {
        var ended = happened.Read<LiveEnded>();
        return broadcasts.StopAsync(ended.PublicId, ended.SessionId, ended.Reason);
    }
}
