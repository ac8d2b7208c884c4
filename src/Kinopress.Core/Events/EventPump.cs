using Kinopress.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kinopress.Core.Events;

/// <summary>
/// Reads the outbox in order and calls each <see cref="EventReaction"/> from where it last stopped. A reaction that
/// fails is tried again with the same event; the other reactions go on.
/// </summary>
public sealed partial class EventPump(IServiceScopeFactory scopes, ChangeSignal changes, TimeProvider clock, ILogger<EventPump> logger)
{
    private const int BatchSize = 200;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var changed = changes.Signal.WhenRaised;
            var moved = false;
            try
            {
                moved = await PumpAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.Failed(logger, exception);
            }

            if (!moved)
            {
                await Task.WhenAny(changed, Task.Delay(Poll, clock, cancellationToken));
            }
        }
    }

    /// <summary>One pass over all reactions.</summary>
    /// <returns>True when some reaction handled something, so there may be more.</returns>
    public async Task<bool> PumpAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var reactions = scope.ServiceProvider.GetServices<EventReaction>().Select(reaction => reaction.GetType()).ToList();
        var moved = false;
        foreach (var reaction in reactions)
        {
            try
            {
                moved |= await PumpAsync(reaction, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.ReactionFailed(logger, exception, reaction.Name); // the others go on
            }
        }

        return moved;
    }

    private async Task<bool> PumpAsync(Type reactionType, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KinopressDbContext>();
        var reaction = scope.ServiceProvider.GetServices<EventReaction>().Single(candidate => candidate.GetType() == reactionType);
        var position = await db.EventPositions.SingleOrDefaultAsync(row => row.Reaction == reactionType.Name, cancellationToken);
        if (position is null)
        {
            position = new EventPosition { Reaction = reactionType.Name, Seq = 0 };
            db.EventPositions.Add(position);
        }

        // Primary key of outbox.
        var events = await db.Outbox.AsNoTracking()
            .Where(happened => happened.Seq > position.Seq)
            .OrderBy(happened => happened.Seq)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
        if (events.Count == 0)
        {
            return false;
        }

        foreach (var happened in events)
        {
            if (reaction.Kinds.Contains(happened.Kind))
            {
                await reaction.HandleAsync(happened, cancellationToken);
            }

            position.Seq = happened.Seq;
        }

        await db.SaveChangesAsync(CancellationToken.None);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "events.reaction_failed", Message = "{Reaction} failed; it will be tried again")]
        public static partial void ReactionFailed(ILogger logger, Exception exception, string reaction);

        [LoggerMessage(Level = LogLevel.Error, EventName = "events.pump_failed", Message = "The outbox could not be read; it will be tried again")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
