using System.Text.Json;
using System.Threading.Channels;
using Kinopress.Core.Features.Chat;
using Kinopress.Core.Foundation;
using StackExchange.Redis;

namespace Kinopress.Server.Chat;

/// <summary>
/// Several nodes share their rooms by Redis: each batch of a room is published once and reaches every other node. While Redis is
/// away each node goes on by itself; what it misses then is in the database. Thread-safe.
/// </summary>
internal sealed partial class RedisChatRelay(KinopressOptions options, IServiceProvider services, ILogger<RedisChatRelay> logger) : BackgroundService, IChatRelay
{
    private const string Prefix = "kinopress:chat:";
    private const int Capacity = 4096;

    private static readonly JsonSerializerOptions Json = Wire();
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly string _node = SecretToken.New("")[..16]; // one's own batches come back and are left out
    private readonly Channel<(string Channel, byte[] Batch)> _outgoing = Channel.CreateBounded<(string, byte[])>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });

    public void Publish(string publicId, IReadOnlyList<ChatEvent> events) =>
        _outgoing.Writer.TryWrite((Prefix + publicId, JsonSerializer.SerializeToUtf8Bytes(new Batch(_node, [.. events]), Json)));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (RedisException exception)
            {
                Log.Away(logger, exception);
                await Task.Delay(Pause, stoppingToken);
            }
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var configuration = ConfigurationOptions.Parse(options.Redis ?? "");
        configuration.AbortOnConnectFail = false; // it may start after us
        await using var redis = await ConnectionMultiplexer.ConnectAsync(configuration);
        var rooms = services.GetRequiredService<ChatRooms>(); // which publish through this very class
        var incoming = await redis.GetSubscriber().SubscribeAsync(RedisChannel.Pattern(Prefix + "*"));
        incoming.OnMessage(message => ReceiveAsync(rooms, message, cancellationToken));
        while (await _outgoing.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_outgoing.Reader.TryRead(out var outgoing))
            {
                await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(outgoing.Channel), outgoing.Batch, CommandFlags.FireAndForget);
            }
        }
    }

    private async Task ReceiveAsync(ChatRooms rooms, ChannelMessage message, CancellationToken cancellationToken)
    {
        try
        {
            byte[] bytes = message.Message!; // a published message has a value
            if (JsonSerializer.Deserialize<Batch>(bytes, Json) is { Events: { } events } batch && batch.Node != _node)
            {
                await rooms.ReceiveAsync(message.Channel.ToString()[Prefix.Length..], events, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or System.Data.Common.DbException)
        {
            Log.Unread(logger, exception); // of another version, or somebody else's
        }
    }

    private static JsonSerializerOptions Wire()
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        ChatEndpoints.Write(json);
        return json;
    }

    private sealed record Batch(string Node, ChatEvent[] Events);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "chat.redis_away", Message = "Redis does not answer; chats of other nodes are not heard until it does")]
        public static partial void Away(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "chat.redis_unread", Message = "A message from Redis could not be read")]
        public static partial void Unread(ILogger logger, Exception exception);
    }
}
