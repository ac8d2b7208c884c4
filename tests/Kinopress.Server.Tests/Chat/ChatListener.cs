using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;

namespace Kinopress.Server.Tests.Chat;

/// <summary>Hears what happens in a room, in order.</summary>
internal sealed class ChatListener : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<JsonElement> _events = Channel.CreateUnbounded<JsonElement>();
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChatListener(HubConnection connection)
    {
        Connection = connection;
        connection.On<JsonElement[]>("events", events =>
        {
            foreach (var happened in events)
            {
                _events.Writer.TryWrite(happened);
            }
        });
        connection.Closed += exception =>
        {
            _closed.TrySetResult(exception);
            return Task.CompletedTask;
        };
    }

    public HubConnection Connection { get; }

    /// <summary>Why the site ended it.</summary>
    public Task<Exception?> ClosedAsync() => _closed.Task.WaitAsync(Patience);

    /// <summary>The next event of a kind; what comes before it is passed over.</summary>
    public async Task<JsonElement> HearAsync(string type)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var happened = await _events.Reader.ReadAsync(patience.Token);
            if (happened.GetProperty("type").GetString() == type)
            {
                return happened;
            }
        }
    }

    /// <summary>The kinds of all events up to the next of one kind.</summary>
    public async Task<IReadOnlyList<string>> HearKindsUntilAsync(string type)
    {
        using var patience = new CancellationTokenSource(Patience);
        List<string> kinds = [];
        while (kinds.LastOrDefault() != type)
        {
            kinds.Add((await _events.Reader.ReadAsync(patience.Token)).GetProperty("type").GetString() ?? "");
        }

        return kinds;
    }

    public async Task<string> HearTextAsync() => (await HearAsync("message")).GetProperty("message").GetProperty("text").GetString() ?? "";

    /// <returns>The code of a refusal; null when it was sent.</returns>
    public async Task<string?> SayAsync(string text) =>
        (await Connection.InvokeAsync<JsonElement>("Send", text, null)).GetProperty("code").GetString();

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
