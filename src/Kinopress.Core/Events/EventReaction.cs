namespace Kinopress.Core.Events;

/// <summary>
/// What a feature does because something happened elsewhere. Named as a sentence
/// (<c>PrepareRenditionsWhenVideoCreated</c>). Called at least once for each event, in order, so it must be idempotent.
/// </summary>
public abstract class EventReaction
{
    /// <summary>The kinds of event it wants.</summary>
    public abstract IReadOnlySet<string> Kinds { get; }

    /// <remarks>Throwing makes the same event come again later; the ones behind it wait.</remarks>
    public abstract Task HandleAsync(OutboxEvent happened, CancellationToken cancellationToken);
}
