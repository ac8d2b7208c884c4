using System.Text.Json;
using System.Text.Json.Serialization;
using Kinopress.Core.Features.Chat;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace Kinopress.Server.Chat;

/// <summary>The chat's own door: a hub of SignalR.</summary>
internal static class ChatEndpoints
{
    // Five hundred characters of any kind in JSON, and what is around them.
    private const int MaxMessageSizeInBytes = 8 * 1024;
    private const int MaxUnreadBytes = 32 * 1024;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);

    public static IServiceCollection AddChatFace(this IServiceCollection services, KinopressOptions options)
    {
        services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = MaxMessageSizeInBytes;
            hub.MaximumParallelInvocationsPerClient = 1;
            hub.StreamBufferCapacity = 1;
            hub.KeepAliveInterval = KeepAlive;
            hub.ClientTimeoutInterval = Silence;
            hub.HandshakeTimeout = TimeSpan.FromSeconds(10);
        }).AddJsonProtocol(json => Write(json.PayloadSerializerOptions));
        services.AddSingleton<ChatPlaces>();
        services.AddSingleton<ChatConnections>();
        services.AddSingleton<HubLifetimeManager<ChatHub>>(provider => provider.GetRequiredService<ChatConnections>());
        services.AddHostedService<ChatRoomService>();
        if (options.Redis is not null)
        {
            services.AddSingleton<RedisChatRelay>();
            services.AddSingleton<IChatRelay>(provider => provider.GetRequiredService<RedisChatRelay>());
            services.AddHostedService(provider => provider.GetRequiredService<RedisChatRelay>());
        }

        return services;
    }

    /// <summary>
    /// A connection is made with the visitor's cookie, and a browser lets any page open one: only pages of this site may.
    /// Programs send no origin, and no cookie by themselves.
    /// </summary>
    public static void UseChatOrigins(this IApplicationBuilder app) => app.Use((context, next) =>
        context.Request.Path.StartsWithSegments(ChatHub.Path, StringComparison.OrdinalIgnoreCase) && !IsOwnPage(context.Request)
            ? Failures.OriginNotAllowed.ToProblem().ExecuteAsync(context)
            : next(context));

    public static void MapChat(this IEndpointRouteBuilder app) => app.MapHub<ChatHub>(ChatHub.Path, connection =>
    {
        connection.Transports = HttpTransportType.WebSockets | HttpTransportType.LongPolling;
        connection.ApplicationMaxBufferSize = MaxUnreadBytes;
        connection.TransportMaxBufferSize = MaxUnreadBytes;
        connection.CloseOnAuthenticationExpiration = false; // each message is checked against the account
    });

    /// <summary>How events look on the wire.</summary>
    public static void Write(JsonSerializerOptions json)
    {
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        json.MaxDepth = 16;
    }

    private static bool IsOwnPage(HttpRequest request) =>
        request.Headers.Origin.ToString() is not { Length: > 0 } origin
        || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
