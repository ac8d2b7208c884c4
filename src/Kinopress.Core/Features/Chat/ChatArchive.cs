using System.Threading.Channels;
using Kinopress.Core.Foundation;
using Microsoft.Extensions.Logging;

namespace Kinopress.Core.Features.Chat;

/// <summary>
/// Writes what a room accepted: at most 50 messages, or those of a tenth of a second, in one transaction. A database that is
/// away is tried again; what cannot be kept then is lost, with a line in the log. Thread-safe.
/// </summary>
internal sealed partial class ChatArchive(Func<IReadOnlyList<ChatLine>, CancellationToken, Task> append, TimeProvider clock, ILogger logger)
{
    public const int BatchSize = 50;

    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    private const int Capacity = 2000;
    private const int Tries = 5;

    private readonly Signal _hurry = new();
    private readonly Channel<Entry> _entries = Channel.CreateBounded<Entry>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <returns>False when the database has not kept up: the room is busy then.</returns>
    public bool TryAdd(ChatLine line) => _entries.Writer.TryWrite(new Entry(line, Settled: null));

    /// <summary>Completes when everything that was added before is written, or given up.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _entries.Writer.WriteAsync(new Entry(Line: null, settled), cancellationToken);
            _hurry.Raise();
        }
        catch (ChannelClosedException)
        {
            return; // whoever completes it lets it run to its end
        }

        await settled.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Nothing comes any more; <see cref="KeepAsync"/> writes the rest and ends.</summary>
    public void Complete()
    {
        _entries.Writer.TryComplete();
        _hurry.Raise();
    }

    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        List<ChatLine> lines = [];
        List<TaskCompletionSource> settled = [];
        while (await _entries.Reader.WaitToReadAsync(cancellationToken))
        {
            var hurried = _hurry.WhenRaised;
            Take(lines, settled);
            if (lines.Count is > 0 and < BatchSize && settled.Count == 0)
            {
                await Task.WhenAny(Task.Delay(Delay, clock, cancellationToken), hurried, _entries.Reader.Completion);
                Take(lines, settled);
            }

            await WriteAsync(lines, cancellationToken);
            settled.ForEach(waiting => waiting.TrySetResult());
            lines.Clear();
            settled.Clear();
        }
    }

    private void Take(List<ChatLine> lines, List<TaskCompletionSource> settled)
    {
        while (lines.Count < BatchSize && _entries.Reader.TryRead(out var entry))
        {
            if (entry.Line is { } line)
            {
                lines.Add(line);
            }

            if (entry.Settled is { } waiting)
            {
                settled.Add(waiting);
            }
        }
    }

    private async Task WriteAsync(List<ChatLine> lines, CancellationToken cancellationToken)
    {
        for (var number = 1; lines.Count > 0; number++)
        {
            try
            {
                await append([.. lines], cancellationToken);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                if (number == Tries)
                {
                    Log.Lost(logger, exception, lines.Count);
                    return;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(200 * number), clock, cancellationToken);
            }
        }
    }

    private readonly record struct Entry(ChatLine? Line, TaskCompletionSource? Settled);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "chat.messages_lost", Message = "{Count} chat messages could not be kept")]
        public static partial void Lost(ILogger logger, Exception exception, int count);
    }
}
