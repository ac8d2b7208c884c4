using System.IO.Pipelines;
using System.Net.Sockets;
using Kinopress.Media.Flv;
using Kinopress.Media.Live;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>Takes one smaller quality from ffmpeg, and hands its pictures to the packager in the session's time. One reader.</summary>
internal sealed class LadderOutput : IDisposable
{
    private readonly Broadcast _broadcast;
    private readonly BroadcastRendition _rendition;
    private readonly KeyframeDelays _delays;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly FlvUnpacker _unpacker = new();
    private int _delay;

    public LadderOutput(string path, Broadcast broadcast, BroadcastRendition rendition, KeyframeDelays delays)
    {
        (Path, _broadcast, _rendition, _delays) = (path, broadcast, rendition, delays);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen(1);
    }

    public string Path { get; }

    /// <summary>Returns when ffmpeg has closed it.</summary>
    /// <param name="onPicture">Called for each.</param>
    /// <param name="cancellationToken">Cancelled when ffmpeg is gone and nothing more can come.</param>
    public async Task ReadAsync(Action onPicture, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = await _listener.AcceptAsync(cancellationToken);
            await using var stream = new NetworkStream(socket);
            var pipe = PipeReader.Create(stream);
            using var tags = new FlvFileReader(pipe);
            while (await tags.ReadAsync(cancellationToken) is { State: FlvFileState.Tag } tag)
            {
                await TakeAsync(tag, onPicture);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            // ffmpeg is gone; how it ended says why.
        }
    }

    public void Dispose() => _listener.Dispose();

    private async ValueTask TakeAsync(FlvFileTag tag, Action onPicture)
    {
        var read = _unpacker.Read(tag.Type, tag.Timestamp, tag.Body);
        if (read.Event == FlvEvent.TracksChanged && _unpacker.Tracks.Video is { } video)
        {
            await _broadcast.TakeTurnForAsync(() => _rendition.BeginEncoder(video));
        }

        if (read is { Event: FlvEvent.Unit, Unit: { Track: LiveTrack.Video } unit })
        {
            onPicture();
            _delay = unit.IsKeyframe ? _delays.Of(unit.DecodeTime + unit.CompositionOffset) ?? _delay : _delay;
            await _broadcast.TakeTurnForAsync(() => _rendition.AppendEncoded(unit with { DecodeTime = unit.DecodeTime - _delay, CompositionOffset = unit.CompositionOffset + _delay }));
        }
    }
}

/// <summary>
/// How long after its decoding each keyframe of the source is shown. The encoder has no reordered pictures and so no such
/// delay; it is given back, or its pictures would fall into other segments than the source's. Thread-safe.
/// </summary>
internal sealed class KeyframeDelays
{
    private const int Kept = 32;

    private readonly Lock _gate = new();
    private readonly Queue<(long Shown, int Delay)> _keyframes = new();

    public void Add(long decodeTime, int delay)
    {
        lock (_gate)
        {
            _keyframes.Enqueue((decodeTime + delay, delay));
            if (_keyframes.Count > Kept)
            {
                _keyframes.Dequeue();
            }
        }
    }

    /// <param name="shown">When the keyframe is shown, in milliseconds.</param>
    /// <returns>Null for one that is not known.</returns>
    public int? Of(long shown)
    {
        lock (_gate)
        {
            foreach (var keyframe in _keyframes)
            {
                if (keyframe.Shown == shown)
                {
                    return keyframe.Delay;
                }
            }
        }

        return null;
    }
}
