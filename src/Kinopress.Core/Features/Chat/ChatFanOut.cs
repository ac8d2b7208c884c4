namespace Kinopress.Core.Features.Chat;

/// <summary>
/// The listeners of a room, in four rows that are told by turns where the room is large: thousands of writes at once would keep the last of them
/// waiting for all the others. Not thread-safe.
/// </summary>
internal sealed class ChatFanOut
{
    private const int RowCount = 4;
    private const int MaxBatch = 500;

    private readonly Row[] _rows = [.. Enumerable.Range(0, RowCount).Select(number => new Row(FanOutSchedule.LargeInterval * number / RowCount))];

    /// <summary>How many listen.</summary>
    public int Count { get; private set; }

    public IEnumerable<ChatSeat> Seats => _rows.SelectMany(row => row.Seats);

    /// <summary><see cref="DateTimeOffset.MaxValue"/> when there is nothing to tell.</summary>
    public DateTimeOffset DueAt => _rows.Min(row => row.Schedule.DueAt);

    public void Add(ChatSeat seat)
    {
        _rows.MinBy(row => row.Seats.Count)?.Seats.Add(seat);
        Count++;
    }

    /// <summary>Forgets who has left.</summary>
    public void Sweep()
    {
        foreach (var row in _rows)
        {
            Count -= row.Seats.RemoveAll(seat => seat.IsClosed);
        }
    }

    /// <summary>Has something told when it is due.</summary>
    /// <param name="happened">null for what nobody here hears, but others wait for</param>
    public void Want(ChatEvent? happened, DateTimeOffset now)
    {
        foreach (var row in _rows)
        {
            row.Schedule.Want(now, Count);
            if (happened is not null)
            {
                row.Pending.Add(happened);
            }
        }
    }

    /// <summary>True when somebody has to be told now.</summary>
    public bool IsDue(DateTimeOffset now) => Array.Exists(_rows, row => row.IsDue(now));

    /// <summary>Tells everybody whose time has come. Those who hear the same share the batch, which is then encoded once.</summary>
    /// <param name="now">null for everybody</param>
    public void Tell(DateTimeOffset? now)
    {
        (ChatBatch ForModerators, ChatBatch ForAll)? last = null;
        foreach (var row in _rows)
        {
            if (now is { } moment && !row.IsDue(moment))
            {
                continue;
            }

            if (row.Pending.Count > 0)
            {
                // All rows end with the same event.
                var batches = last is { } made && made.ForModerators.Events.Count == row.Pending.Count ? made : Batches(row.Pending);
                last = batches;
                row.Pending.Clear();
                row.Tell(batches.ForModerators, batches.ForAll);
            }

            row.Schedule.Done(now ?? DateTimeOffset.MinValue);
        }
    }

    private static (ChatBatch ForModerators, ChatBatch ForAll) Batches(List<ChatEvent> happened)
    {
        var forModerators = new ChatBatch([.. happened]);
        return (forModerators, happened.Exists(one => one.IsForModerators) ? new ChatBatch(happened.FindAll(one => !one.IsForModerators)) : forModerators);
    }

    private sealed class Row(TimeSpan phase)
    {
        public List<ChatSeat> Seats { get; } = [];

        public List<ChatEvent> Pending { get; } = [];

        public FanOutSchedule Schedule { get; } = new(phase);

        public bool IsDue(DateTimeOffset now) => now >= Schedule.DueAt || Pending.Count >= MaxBatch;

        public void Tell(ChatBatch forModerators, ChatBatch forAll)
        {
            foreach (var seat in Seats)
            {
                if (seat.MayModerate)
                {
                    seat.Offer(forModerators);
                }
                else if (forAll.Events.Count > 0)
                {
                    seat.Offer(forAll);
                }
            }
        }
    }
}
