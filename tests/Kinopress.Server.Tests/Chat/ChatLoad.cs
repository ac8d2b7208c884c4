using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Kinopress.Client;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Kinopress.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Server.Tests.Chat;

/// <summary>
/// What docs/performance.md says of the chat. Run by name with <c>-explicit only</c>: it judges nothing, it prints. Server and
/// listeners share this process and its processors, so the figures are on the careful side.
/// </summary>
public sealed class ChatLoad
{
    private const int Listeners = 5000;
    private const int Speakers = 20;
    private const int Rounds = 20;
    private const int MaxMilliseconds = 60_000;

    private readonly int[] _delays = new int[MaxMilliseconds + 1];

    [Fact(Explicit = true)]
    public async Task Five_thousand_listeners_hear_twenty_messages_a_second()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var live = await site.AddLiveAsync();
        var speakers = await SpeakersAsync(site);
        using var stop = new CancellationTokenSource();
        var connecting = Stopwatch.GetTimestamp();
        List<ClientWebSocket> sockets = [];
        foreach (var some in Enumerable.Range(0, Listeners).Chunk(50))
        {
            sockets.AddRange(await Task.WhenAll(some.Select(_ => ConnectAsync(site, live))));
        }

        var listening = sockets.ConvertAll(socket => ListenAsync(socket, stop.Token));
        var connected = Stopwatch.GetElapsedTime(connecting);
        await Task.Delay(TimeSpan.FromSeconds(2));
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();

        for (var round = 0; round < Rounds; round++)
        {
            var sending = speakers.Select(async (speaker, number) =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1000.0 * number / Speakers));
                await speaker.SendAsync(live, string.Create(CultureInfo.InvariantCulture, $"round {round} of {number} at t={Stopwatch.GetTimestamp()};"));
            });
            await Task.WhenAll(sending.Append(Task.Delay(TimeSpan.FromSeconds(1))));
        }

        await Task.Delay(TimeSpan.FromSeconds(3));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var used = Process.GetCurrentProcess().TotalProcessorTime - processor;
        await stop.CancelAsync();
        await Task.WhenAll(listening);
        sockets.ForEach(socket => socket.Dispose());

        var heard = _delays.Sum(count => (long)count);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Listeners} connected in {connected.TotalSeconds:0.0} s; {Rounds * Speakers} messages in {elapsed.TotalSeconds:0.0} s, heard {heard} of {(long)Rounds * Speakers * Listeners} times; "
            + $"p50 {At(heard, 0.5)} ms, p99 {At(heard, 0.99)} ms, most {At(heard, 1)} ms; {used.TotalSeconds / elapsed.TotalSeconds:0.00} processors, {Process.GetCurrentProcess().WorkingSet64 / 1_000_000} MB"));
        Assert.Equal((long)Rounds * Speakers * Listeners, heard);
    }

    private int At(long heard, double share)
    {
        var left = (long)(heard * share);
        for (var milliseconds = 0; milliseconds < _delays.Length; milliseconds++)
        {
            left -= _delays[milliseconds];
            if (left <= 0)
            {
                return milliseconds;
            }
        }

        return MaxMilliseconds;
    }

    private static Task<List<ChatClient>> SpeakersAsync(TestSite site) => site.UseAsync(async (UserManager<User> users) =>
    {
        List<ChatClient> speakers = [];
        for (var number = 0; number < Speakers; number++)
        {
            var user = User.Create($"Speaker {number}", $"speaker{number}@example.org", Role.Viewer, site.Services.GetRequiredService<TimeProvider>());
            await users.CreateAsync(user, TestPeople.Password);
            var secret = await site.UseAsync(async (CreateAccessToken create) => (await create.RunAsync("load", [], expiresAt: null, new Caller(user.Id.Value, Role.Viewer.Capabilities, Scopes: null), CancellationToken.None))
                .Match(token => token.Secret, failure => throw new InvalidOperationException(failure.Message)));
            speakers.Add(new KinopressClient(site.Http, secret).Chat);
        }

        return speakers;
    });

    private static async Task<ClientWebSocket> ConnectAsync(TestSite site, string live)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{site.Address.Authority}/hubs/chat?live={live}"), CancellationToken.None);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        return socket;
    }

    // A message of the protocol may come in pieces; a mark that is cut in two would be missed, so the rest is kept.
    private async Task ListenAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        var length = 0;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                length += received.Count;
                if (received.EndOfMessage)
                {
                    Count(buffer.AsSpan(0, length));
                    length = 0;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Count(ReadOnlySpan<byte> frame)
    {
        var now = Stopwatch.GetTimestamp();
        if (frame.IndexOf("\"snapshot\""u8) >= 0)
        {
            return;
        }

        for (var at = frame.IndexOf("at t="u8); at >= 0; at = frame.IndexOf("at t="u8))
        {
            frame = frame[(at + 5)..];
            var sent = long.Parse(frame[..frame.IndexOf((byte)';')], CultureInfo.InvariantCulture);
            Interlocked.Increment(ref _delays[Math.Clamp((int)Stopwatch.GetElapsedTime(sent, now).TotalMilliseconds, 0, MaxMilliseconds)]);
        }
    }
}
