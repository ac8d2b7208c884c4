using System.IO.Pipelines;
using Kinopress.Rtmp.Chunks;
using Microsoft.Extensions.Time.Testing;

namespace Kinopress.Rtmp.Tests.Sessions;

/// <summary>Publishers that are slow on purpose or by accident. The clock is moved, nothing waits.</summary>
public sealed class TimeoutTests : IAsyncDisposable
{
    private readonly FakeTimeProvider clock = new();
    private readonly ConnectedPipes pipes = new();
    private readonly RtmpServerSession session;

    public TimeoutTests() => session = new RtmpServerSession(pipes.Server, new RtmpServerOptions(), clock);

    public ValueTask DisposeAsync() => session.DisposeAsync();

    [Fact]
    public async Task A_publisher_that_says_nothing_is_dropped_after_ten_seconds()
    {
        var accepting = session.AcceptAsync(CancellationToken.None);
        clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(accepting.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(RtmpFault.HandshakeTimedOut, (await Assert.ThrowsAsync<RtmpProtocolException>(() => accepting)).Fault);
    }

    [Fact]
    public async Task A_publisher_that_says_a_byte_a_second_is_dropped_after_ten_seconds()
    {
        var accepting = session.AcceptAsync(CancellationToken.None);
        for (var second = 0; second < 10; second++)
        {
            await SayAsync([3]);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(RtmpFault.HandshakeTimedOut, (await Assert.ThrowsAsync<RtmpProtocolException>(() => accepting)).Fault);
    }

    [Fact]
    public async Task A_publisher_that_never_publishes_is_dropped_ten_seconds_after_the_handshake()
    {
        var accepting = session.AcceptAsync(CancellationToken.None);
        await SayAsync(new Script().Handshake().Connect().Bytes);
        await HearAsync("NetConnection.Connect.Success");

        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(RtmpFault.DialogueTimedOut, (await Assert.ThrowsAsync<RtmpProtocolException>(() => accepting)).Fault);
    }

    [Fact]
    public async Task A_publisher_that_reads_nothing_is_dropped_and_not_waited_for()
    {
        await using var unread = new UnreadStream();
        var deaf = new RtmpServerSession(new Transport(pipes.Server.Input, PipeWriter.Create(unread)), new RtmpServerOptions(), clock);
        var accepting = deaf.AcceptAsync(CancellationToken.None);
        await SayAsync(new Script().Handshake().Bytes);
        await unread.WhenWriting;

        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(RtmpFault.WriteTimedOut, (await Assert.ThrowsAsync<RtmpProtocolException>(() => accepting)).Fault);
        await deaf.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Deciding_about_a_publisher_takes_nothing_from_its_time()
    {
        await PublishAsync();
        clock.Advance(TimeSpan.FromMinutes(1));

        await session.GrantAsync(CancellationToken.None);
        await SayAsync(new Script().Video(0, 1).Bytes);

        using var message = await session.ReadAsync(CancellationToken.None);
        Assert.NotNull(message);
    }

    [Fact]
    public async Task Silence_ends_a_stream_after_ten_seconds_whatever_else_is_said()
    {
        await PublishAsync();
        await session.GrantAsync(CancellationToken.None);
        var reading = session.ReadAsync(CancellationToken.None).AsTask();

        for (var second = 0; second < 10; second++)
        {
            await SayAsync(new Script().Control(MessageType.Acknowledgement, 7).Bytes);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(RtmpFault.MediaTimedOut, (await Assert.ThrowsAsync<RtmpProtocolException>(() => reading)).Fault);
    }

    [Fact]
    public async Task Each_message_gives_a_stream_ten_seconds_more()
    {
        await PublishAsync();
        await session.GrantAsync(CancellationToken.None);
        for (var i = 0; i < 5; i++)
        {
            var reading = session.ReadAsync(CancellationToken.None).AsTask();
            clock.Advance(TimeSpan.FromSeconds(9));
            await SayAsync(new Script().Video(0, 1).Bytes);

            using var message = await reading;
            Assert.NotNull(message);
        }
    }

    [Fact]
    public async Task A_publisher_that_does_not_listen_is_dropped_after_ten_seconds()
    {
        var narrow = new ConnectedPipes(pauseThreshold: 1);
        await using var deafened = new RtmpServerSession(narrow.Server, new RtmpServerOptions(), clock);
        var accepting = deafened.AcceptAsync(CancellationToken.None);
        await narrow.Client.Output.WriteAsync(new Script().Handshake().Bytes);
        await narrow.Client.Input.ReadAtLeastAsync(3073); // answered, and never taken

        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(RtmpFault.WriteTimedOut, (await Assert.ThrowsAsync<RtmpProtocolException>(() => accepting)).Fault);
    }

    [Fact]
    public async Task A_callers_token_ends_a_read_at_once()
    {
        using var stop = new CancellationTokenSource();
        await PublishAsync();
        await session.GrantAsync(CancellationToken.None);
        var reading = session.ReadAsync(stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task A_refused_publisher_that_does_not_leave_is_left_after_two_seconds()
    {
        await PublishAsync();
        var refusing = session.RefuseAsync(RtmpRefusal.BadName("No such key."), CancellationToken.None);
        await HearAsync("NetStream.Publish.BadName");
        Assert.False(refusing.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(2));

        await refusing;
        Assert.True((await pipes.Client.Input.ReadAsync()).IsCompleted);
    }

    [Fact]
    public async Task A_refused_publisher_that_leaves_is_not_waited_for()
    {
        await PublishAsync();
        var refusing = session.RefuseAsync(RtmpRefusal.BadName("No such key."), CancellationToken.None);

        await pipes.Client.Output.CompleteAsync();

        await refusing;
    }

    private async Task PublishAsync()
    {
        var accepting = session.AcceptAsync(CancellationToken.None);
        await SayAsync(Script.Publishing().Bytes);
        Assert.NotNull(await accepting);
    }

    private async Task SayAsync(byte[] bytes) => await pipes.Client.Output.WriteAsync(bytes);

    /// <summary>Reads until the session has said that word; so it has come that far.</summary>
    private async Task HearAsync(string word)
    {
        while (true)
        {
            var result = await pipes.Client.Input.ReadAsync();
            var text = System.Text.Encoding.Latin1.GetString(System.Buffers.BuffersExtensions.ToArray(result.Buffer));
            pipes.Client.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (text.Contains(word, StringComparison.Ordinal))
            {
                return;
            }
        }
    }

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    /// <summary>A socket whose other side takes nothing.</summary>
    private sealed class UnreadStream : MemoryStream
    {
        private readonly TaskCompletionSource _writing = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task WhenWriting => _writing.Task;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _writing.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
    }
}
