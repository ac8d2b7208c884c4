using System.Collections.Concurrent;
using Kinopress.Core.Features.Chat;
using Kinopress.Core.Foundation;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Kinopress.Server.Chat;

/// <summary>Knows every connection of the chat, so that a room may write to each by itself. Thread-safe.</summary>
internal sealed class ChatConnections(ILogger<DefaultHubLifetimeManager<ChatHub>> logger) : DefaultHubLifetimeManager<ChatHub>(logger)
{
    private readonly ConcurrentDictionary<string, HubConnectionContext> _connections = new(StringComparer.Ordinal);

    public HubConnectionContext Find(string connectionId) => _connections[connectionId];

    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        _connections[connection.ConnectionId] = connection;
        await base.OnConnectedAsync(connection);
    }

    public override async Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        _connections.TryRemove(connection.ConnectionId, out _);
        await base.OnDisconnectedAsync(connection);
    }
}

/// <summary>A seat whose listener is a connection of SignalR. A batch is encoded once, whoever hears it first.</summary>
internal sealed class HubSeat(HubConnectionContext connection, Caller caller, TimeProvider clock) : ChatSeat(caller, clock)
{
    private const string Target = "events";

    protected override ValueTask WriteAsync(ChatBatch batch) =>
        connection.WriteAsync(batch.Encoded(events => new SerializedHubMessage(new InvocationMessage(Target, [events.ToArray()]))), connection.ConnectionAborted);

    protected override void SendAway() => connection.Abort();
}
