using Kinopress.Media.Flv;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// One reader of a live stream. Starts with configurations and a keyframe. Whoever is too slow loses everything up to a
/// later keyframe, whole groups of pictures at a time, and never a configuration. One reader; offered to by the bus.
/// </summary>
public sealed class PacketSubscription : IDisposable
{
    /// <summary>How long a packet may wait to be read.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Room for what a newcomer starts with and as much again.
    private const long MaxBytes = 2 * PacketBus.MaxCachedBytes;

    private readonly TimeProvider _clock;
    private readonly Action<PacketSubscription> _forget;
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _waiting = new();
    private readonly SemaphoreSlim _arrived = new(0, 1);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _bytes;
    private long _dropped;
    private bool _needsKeyframe = true;
    private bool _hasStarted;
    private bool _isCompleted;

    internal PacketSubscription(TimeProvider clock, Action<PacketSubscription> forget) => (_clock, _forget) = (clock, forget);

    /// <summary>Pictures and pieces of sound this reader has lost because it was too slow.</summary>
    public long DroppedFrames => Interlocked.Read(ref _dropped);

    /// <summary>Completes when there is a keyframe to begin with, or the live is over.</summary>
    public Task WhenStarted => _started.Task;

    /// <summary>The next packet, whose bytes the caller releases; null when the live is over.</summary>
    public async ValueTask<BroadcastPacket?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_waiting.First is { } first)
                {
                    _waiting.RemoveFirst();
                    _bytes -= first.Value.Packet.Bytes.Length;
                    return first.Value.Packet;
                }

                if (_isCompleted)
                {
                    return null;
                }
            }

            await _arrived.WaitAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        _forget(this);
        lock (_gate)
        {
            _isCompleted = true;
            while (_waiting.First is { } first)
            {
                Remove(first);
            }
        }
    }

    /// <param name="packet">Retained when it is kept.</param>
    internal void Offer(in BroadcastPacket packet)
    {
        lock (_gate)
        {
            var isFrame = packet.Kind == BroadcastPacketKind.Frame;
            if (_isCompleted)
            {
                return;
            }

            if (IsTooSlow(packet.Bytes.Length))
            {
                DropToKeyframe();
            }

            if (isFrame && _needsKeyframe && !packet.IsKeyframe)
            {
                _dropped += _hasStarted ? 1 : 0;
                return;
            }

            if (isFrame)
            {
                (_needsKeyframe, _hasStarted) = (false, true);
                _started.TrySetResult();
            }

            packet.Bytes.TryRetain(); // the bus holds it, so it is alive
            _waiting.AddLast(new Waiting(packet, _clock.GetTimestamp()));
            _bytes += packet.Bytes.Length;
            Wake();
        }
    }

    /// <summary>Nothing more will be offered.</summary>
    internal void Complete()
    {
        lock (_gate)
        {
            _isCompleted = true;
            _started.TrySetResult();
            Wake();
        }
    }

    private bool IsTooSlow(int added) =>
        _waiting.First is { } first && (_bytes + added > MaxBytes || _clock.GetElapsedTime(first.Value.At) > Patience);

    // Reading goes on at the newest keyframe on its way or, where nothing lies before that, at the next to come.
    private void DropToKeyframe()
    {
        var until = _waiting.Last;
        while (until is not null && !until.Value.Packet.IsKeyframe)
        {
            until = until.Previous;
        }

        _needsKeyframe = until is null || !DropFramesBefore(until);
        if (_needsKeyframe)
        {
            DropFramesBefore(until: null);
        }

        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            node.Value = node.Value with { At = _clock.GetTimestamp() };
        }
    }

    /// <param name="until">Null: all of them.</param>
    /// <returns>False when there were none. Of configurations the last of each kind stay.</returns>
    private bool DropFramesBefore(LinkedListNode<Waiting>? until)
    {
        HashSet<(BroadcastPacketKind Kind, FlvTagType Type)> kept = [];
        var before = _dropped;
        for (var node = until is null ? _waiting.Last : until.Previous; node is not null;)
        {
            var (previous, packet) = (node.Previous, node.Value.Packet);
            if (packet.Kind == BroadcastPacketKind.Frame)
            {
                _dropped++;
                Remove(node);
            }
            else if (!kept.Add((packet.Kind, packet.Type)))
            {
                Remove(node);
            }

            node = previous;
        }

        return _dropped > before;
    }

    private void Remove(LinkedListNode<Waiting> node)
    {
        _waiting.Remove(node);
        _bytes -= node.Value.Packet.Bytes.Length;
        node.Value.Packet.Bytes.Release();
    }

    private void Wake()
    {
        if (_arrived.CurrentCount == 0)
        {
            _arrived.Release();
        }
    }

    private readonly record struct Waiting(BroadcastPacket Packet, long At);
}
