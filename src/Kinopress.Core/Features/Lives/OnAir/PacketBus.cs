using System.Buffers;
using Kinopress.Media.Flv;
using Kinopress.Media.Live;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// Hands what an encoder sends to whoever passes it on. Each packet is copied once, and only while there is a subscriber;
/// none of them can hold the encoder back. One writer; subscribing and reading are thread-safe.
/// </summary>
internal sealed class PacketBus(TimeProvider clock)
{
    /// <summary>Pictures since the last keyframe are kept for whoever joins, up to this.</summary>
    public const int MaxCachedBytes = 16 * 1024 * 1024;

    private const int MaxMetadataBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly List<PacketSubscription> _subscriptions = [];
    private readonly List<BroadcastPacket> _sinceKeyframe = [];
    private readonly ArrayBufferWriter<byte> _body = new();
    private LiveTracks? _tracks;
    private byte[]? _metadata;
    private long _cachedBytes;
    private long _milliseconds;
    private bool _isCompleted;

    public PacketSubscription Subscribe()
    {
        var subscription = new PacketSubscription(clock, Forget);
        lock (_gate)
        {
            if (_isCompleted)
            {
                subscription.Complete();
                return subscription;
            }

            OfferConfiguration([subscription]);
            foreach (var packet in _sinceKeyframe)
            {
                subscription.Offer(packet);
            }

            _subscriptions.Add(subscription);
        }

        return subscription;
    }

    /// <summary>The encoder's own description, as the body of a script tag.</summary>
    public void Describe(ReadOnlySpan<byte> metadata)
    {
        if (metadata.Length is 0 or > MaxMetadataBytes)
        {
            return;
        }

        lock (_gate)
        {
            _metadata = metadata.ToArray();
            OfferCopy(_subscriptions, BroadcastPacketKind.Metadata, FlvTagType.Script, _metadata);
        }
    }

    /// <summary>A stretch begins. Subscribers learn of it when what they decode with has changed.</summary>
    public void Configure(LiveTracks tracks)
    {
        lock (_gate)
        {
            var isSame = _tracks?.Matches(tracks) == true;
            _tracks = tracks;
            if (!isSame)
            {
                Drop();
                OfferConfiguration(_subscriptions);
            }
        }
    }

    /// <param name="unit">In the session's media time.</param>
    public void Write(in AccessUnit unit)
    {
        lock (_gate)
        {
            _milliseconds = unit.DecodeTime;
            if (_subscriptions.Count == 0 || _tracks is not { } tracks)
            {
                return;
            }

            var packet = new BroadcastPacket(
                BroadcastPacketKind.Frame,
                unit.Track == LiveTrack.Video ? FlvTagType.Video : FlvTagType.Audio,
                unit.DecodeTime,
                unit.IsKeyframe && (unit.Track == LiveTrack.Video || tracks.Video is null),
                Pack(unit, tracks));
            Remember(packet);
            foreach (var subscription in _subscriptions)
            {
                subscription.Offer(packet);
            }

            packet.Bytes.Release();
        }
    }

    /// <summary>Nothing more will come; what is on its way can still be read.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isCompleted = true;
            Drop();
            _subscriptions.ForEach(subscription => subscription.Complete());
            _subscriptions.Clear();
        }
    }

    private void Forget(PacketSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
            if (_subscriptions.Count == 0)
            {
                Drop();
            }
        }
    }

    private void OfferConfiguration(List<PacketSubscription> subscriptions)
    {
        if (subscriptions.Count == 0 || _tracks is not { } tracks)
        {
            return;
        }

        if (_metadata is not null)
        {
            OfferCopy(subscriptions, BroadcastPacketKind.Metadata, FlvTagType.Script, _metadata);
        }

        if (tracks.Video is { } video)
        {
            _body.ResetWrittenCount();
            FlvWriter.VideoConfiguration(_body, video);
            OfferCopy(subscriptions, BroadcastPacketKind.Configuration, FlvTagType.Video, _body.WrittenSpan);
        }

        if (tracks.Audio is { } audio)
        {
            _body.ResetWrittenCount();
            FlvWriter.AudioConfiguration(_body, audio);
            OfferCopy(subscriptions, BroadcastPacketKind.Configuration, FlvTagType.Audio, _body.WrittenSpan);
        }
    }

    private void OfferCopy(List<PacketSubscription> subscriptions, BroadcastPacketKind kind, FlvTagType type, ReadOnlySpan<byte> body)
    {
        if (subscriptions.Count == 0)
        {
            return;
        }

        var packet = new BroadcastPacket(kind, type, _milliseconds, IsKeyframe: false, SharedBytes.Copy(body));
        foreach (var subscription in subscriptions)
        {
            subscription.Offer(packet);
        }

        packet.Bytes.Release();
    }

    // Written anew instead of passed on: units of odd shape have been mended, and everybody gets the same form.
    private SharedBytes Pack(in AccessUnit unit, LiveTracks tracks)
    {
        _body.ResetWrittenCount();
        if (unit.Track == LiveTrack.Video && tracks.Video is { } video)
        {
            FlvWriter.VideoFrame(_body, video.Codec, unit.IsKeyframe, unit.CompositionOffset, unit.Payload.Span);
        }
        else if (tracks.Audio is { } audio)
        {
            FlvWriter.AudioFrame(_body, audio.Codec, unit.Payload.Span);
        }

        return SharedBytes.Copy(_body.WrittenSpan);
    }

    private void Remember(in BroadcastPacket packet)
    {
        if (packet.IsKeyframe)
        {
            Drop();
        }
        else if (_sinceKeyframe.Count == 0)
        {
            return; // nothing to join at
        }

        if (_cachedBytes + packet.Bytes.Length > MaxCachedBytes)
        {
            Drop();
            return;
        }

        packet.Bytes.TryRetain(); // the writer holds it, so it is alive
        _sinceKeyframe.Add(packet);
        _cachedBytes += packet.Bytes.Length;
    }

    private void Drop()
    {
        foreach (var packet in _sinceKeyframe)
        {
            packet.Bytes.Release();
        }

        _sinceKeyframe.Clear();
        _cachedBytes = 0;
    }
}
