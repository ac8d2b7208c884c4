using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Kinopress.Core.Data;

/// <summary>Raised after every commit on this node, so that job runners and readers of the outbox look at once.</summary>
public sealed class ChangeSignal : SaveChangesInterceptor
{
    public Signal Signal { get; } = new();

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Signal.Raise();
        return ValueTask.FromResult(result);
    }
}
