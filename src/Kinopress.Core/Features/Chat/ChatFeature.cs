using System.Collections.Concurrent;
using Kinopress.Core.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kinopress.Core.Features.Chat;

/// <summary>Chat: what people say while a live is on, who keeps order, and what is seen of it in the replay.</summary>
public static class ChatFeature
{
    public static IServiceCollection AddChat(this IServiceCollection services)
    {
        services.TryAddSingleton<IChatRelay, NoChatRelay>();
        return services
            .AddSingleton<ChatRooms>()
            .AddSingleton<ChatReactionPaces>()
            .AddSingleton<SiteEmotes>()
            .AddSingleton<EmotePictures>()
            .AddScoped<ChatQueries>()
            .AddScoped<ChatEmoteQueries>()
            .AddScoped<AppendChatMessages>()
            .AddScoped<SendChatMessage>()
            .AddScoped<SendChatReaction>()
            .AddScoped<DeleteChatMessage>()
            .AddScoped<PurgeChatAuthor>()
            .AddScoped<ClearChat>()
            .AddScoped<BanChatAuthor>()
            .AddScoped<UnbanChatAuthor>()
            .AddScoped<PinChatMessage>()
            .AddScoped<UnpinChatMessage>()
            .AddScoped<EditChatRules>()
            .AddScoped<ApproveHeldMessage>()
            .AddScoped<RejectHeldMessage>()
            .AddScoped<AddChatEmote>()
            .AddScoped<DeleteChatEmote>()
            .AddScoped<EventReaction, DeletePicturesWhenChatEmoteDeleted>();
    }
}

/// <summary>How fast people have been sending reactions. Thread-safe.</summary>
public sealed class ChatReactionPaces
{
    private const int MaxCount = 20_000;

    private readonly ConcurrentDictionary<Guid, ChatPace> _paces = new();

    public ChatPace Of(Guid userId)
    {
        if (_paces.Count > MaxCount)
        {
            _paces.Clear(); // costs a few people a few reactions too many
        }

        return _paces.GetOrAdd(userId, _ => ChatPace.OfReactions());
    }
}
