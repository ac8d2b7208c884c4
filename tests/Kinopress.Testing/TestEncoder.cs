using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.Sockets;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Media.Flv;
using Kinopress.Rtmp;

namespace Kinopress.Testing;

/// <summary>
/// An encoder that sends a small film by RTMP, over and over and as fast as it plays: 640×360, ten pictures a second, a
/// keyframe each second, AAC sound. Disposing hangs up without a word.
/// </summary>
public sealed class TestEncoder : IAsyncDisposable
{
    private readonly TcpClient _tcp;
    private readonly RtmpPublisher _publisher;
    private readonly CancellationTokenSource _stopping = new();
    private readonly int _paddingInBytes;
    private readonly Task _sending;

    private TestEncoder(TcpClient tcp, RtmpPublisher publisher, int paddingInBytes)
    {
        (_tcp, _publisher, _paddingInBytes) = (tcp, publisher, paddingInBytes);
        _sending = SendAsync();
    }

    /// <summary>How much of the film has been taken by the server.</summary>
    public TimeSpan Sent { get; private set; }

    /// <param name="paddingInBytes">Added to each picture, to make it heavy.</param>
    public static async Task<TestEncoder> StartAsync(int port, string streamKey, int paddingInBytes = 0)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", port);
        var publisher = await RtmpPublisher.ConnectAsync(
            Pipe(tcp), new RtmpTarget("127.0.0.1", port, IsTls: false, "live", streamKey), new RtmpPublisherOptions(), TimeProvider.System, CancellationToken.None);
        return new TestEncoder(tcp, publisher, paddingInBytes);
    }

    /// <summary>Says goodbye, which ends the live.</summary>
    public async Task EndAsync()
    {
        await StopAsync();
        await _publisher.CloseAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _tcp.Dispose();
        try
        {
            await _publisher.DisposeAsync();
        }
        catch (Exception exception) when (exception is ObjectDisposedException or IOException)
        {
            // It vanishes in the middle of a message, as encoders do.
        }

        _stopping.Dispose();
    }

    private static StreamPipe Pipe(TcpClient tcp) => new(tcp.GetStream());

    private async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _sending;
    }

    private async Task SendAsync()
    {
        try
        {
            var film = Film();
            var length = film.Max(tag => tag.Time) + 100;
            var started = TimeProvider.System.GetTimestamp();
            for (var round = 0L; ; round += length)
            {
                foreach (var (type, time, body) in film.Where(tag => round == 0 || !IsConfiguration(tag.Type, tag.Body)))
                {
                    var at = TimeSpan.FromMilliseconds(round + time);
                    if (at - TimeProvider.System.GetElapsedTime(started) is var early && early > TimeSpan.Zero)
                    {
                        await Task.Delay(early, _stopping.Token);
                    }

                    await _publisher.WriteAsync((RtmpMessageKind)type, round + time, type == FlvTagType.Video ? Padded(body) : body, _stopping.Token);
                    Sent = at;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or RtmpRefusedException or RtmpProtocolException)
        {
            // It was stopped, or the server does not want it.
        }
    }

    private byte[] Padded(byte[] body)
    {
        if (_paddingInBytes == 0 || body[1] != 1)
        {
            return body;
        }

        // Filler data (ITU-T H.264 §7.3.2.7) behind the picture.
        var padded = new byte[body.Length + 4 + _paddingInBytes];
        body.CopyTo(padded, 0);
        BinaryPrimitives.WriteInt32BigEndian(padded.AsSpan(body.Length), _paddingInBytes);
        padded.AsSpan(body.Length + 4).Fill(0xFF);
        padded[body.Length + 4] = 0x0C;
        padded[^1] = 0x80;
        return padded;
    }

    private static bool IsConfiguration(FlvTagType type, byte[] body) => type == FlvTagType.Script || body[1] == 0;

    private static List<(FlvTagType Type, long Time, byte[] Body)> Film()
    {
        using var file = typeof(Broadcast).Assembly.GetManifestResourceStream("filler.flv") ?? throw new InvalidOperationException("The film is not embedded.");
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        List<(FlvTagType Type, long Time, byte[] Body)> tags = [];
        for (var rest = memory.ToArray().AsMemory(13); rest.Length > 11;)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(rest.Span) & 0xFFFFFF;
            tags.Add(((FlvTagType)rest.Span[0], BinaryPrimitives.ReadInt32BigEndian(rest.Span[4..]) >>> 8, rest.Slice(11, size).ToArray()));
            rest = rest[(11 + size + 4)..];
        }

        return tags;
    }
}

/// <summary>A stream as the pair of pipes that RTMP is spoken over.</summary>
public sealed class StreamPipe(Stream stream) : IDuplexPipe
{
    public PipeReader Input { get; } = PipeReader.Create(stream);

    public PipeWriter Output { get; } = PipeWriter.Create(stream);
}
