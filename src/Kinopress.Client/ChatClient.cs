using System.Globalization;

namespace Kinopress.Client;

/// <summary>Chats of lives: what is said, and keeping order.</summary>
public sealed class ChatClient
{
    private const string EmotesPath = "chat/emotes";

    private readonly ApiConnection _connection;

    internal ChatClient(ApiConnection connection) => _connection = connection;

    /// <summary>What was said, newest first.</summary>
    /// <exception cref="KinopressApiException"><c>live.not_found</c>; <c>account.sign_in_required</c> when signing in would show it.</exception>
    public Task<ChatMessagePage> ListAsync(string livePublicId, ChatQuery? query = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(PathOf(livePublicId) + "/messages" + Text(query ?? new ChatQuery()), ApiJson.Default.ChatMessagePage, cancellationToken);

    /// <param name="replyTo">The message it answers; null for none.</param>
    /// <exception cref="KinopressApiException">One of <c>chat.…</c>; <c>live.not_found</c>.</exception>
    public Task<SentChatMessage> SendAsync(string livePublicId, string text, Guid? replyTo = null, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            HttpMethod.Post, PathOf(livePublicId) + "/messages", new NewChatMessage(text, replyTo), ApiJson.Default.NewChatMessage, ApiJson.Default.SentChatMessage, cancellationToken);

    /// <exception cref="KinopressApiException"><c>chat.message_not_found</c>.</exception>
    public Task DeleteAsync(string livePublicId, Guid message, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Delete, $"{PathOf(livePublicId)}/messages/{message}", body: null, cancellationToken);

    /// <summary>Deletes everything the author of a message has said.</summary>
    /// <returns>How many messages that were.</returns>
    public async Task<int> PurgeAuthorAsync(string livePublicId, Guid message, CancellationToken cancellationToken = default) =>
        (await _connection.SendAsync(HttpMethod.Delete, $"{PathOf(livePublicId)}/messages/{message}/author", ApiJson.Default.ChatDeletion, cancellationToken)).Count;

    /// <summary>Deletes everything.</summary>
    /// <returns>How many messages that were.</returns>
    public async Task<int> ClearAsync(string livePublicId, CancellationToken cancellationToken = default) =>
        (await _connection.SendAsync(HttpMethod.Delete, PathOf(livePublicId) + "/messages", ApiJson.Default.ChatDeletion, cancellationToken)).Count;

    /// <exception cref="KinopressApiException"><c>chat.reaction_unknown</c>, <c>chat.too_fast</c> and other codes of <c>chat.…</c>.</exception>
    public Task ReactAsync(string livePublicId, string reaction, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            HttpMethod.Post, PathOf(livePublicId) + "/reactions", System.Net.Http.Json.JsonContent.Create(new NewChatReaction(reaction), ApiJson.Default.NewChatReaction), cancellationToken);

    public Task<ChatRules> GetRulesAsync(string livePublicId, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(PathOf(livePublicId) + "/rules", ApiJson.Default.ChatRules, cancellationToken);

    /// <exception cref="KinopressApiException"><c>chat.invalid</c>, <c>live.not_found</c>.</exception>
    public Task<ChatRules> EditRulesAsync(string livePublicId, ChatRulesEdit edit, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Put, PathOf(livePublicId) + "/rules", edit, ApiJson.Default.ChatRulesEdit, ApiJson.Default.ChatRules, cancellationToken);

    public Task<ChatBanPage> ListBansAsync(string livePublicId, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(PathOf(livePublicId) + "/bans" + Text(new ChatQuery { Limit = limit, Cursor = cursor }), ApiJson.Default.ChatBanPage, cancellationToken);

    /// <param name="message">Any message of the person.</param>
    /// <param name="minutes">Null for good.</param>
    /// <exception cref="KinopressApiException"><c>chat.message_not_found</c>, <c>chat.may_not_be_banned</c>, <c>chat.invalid</c>.</exception>
    public Task<ChatBan> BanAsync(string livePublicId, Guid message, int? minutes = null, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Post, PathOf(livePublicId) + "/bans", new NewChatBan(message, minutes), ApiJson.Default.NewChatBan, ApiJson.Default.ChatBan, cancellationToken);

    /// <exception cref="KinopressApiException"><c>chat.ban_not_found</c>.</exception>
    public Task UnbanAsync(string livePublicId, Guid ban, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Delete, $"{PathOf(livePublicId)}/bans/{ban}", body: null, cancellationToken);

    /// <exception cref="KinopressApiException"><c>chat.message_not_found</c>.</exception>
    public Task<ChatMessage> PinAsync(string livePublicId, Guid message, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Put, PathOf(livePublicId) + "/pin", new ChatPin(message), ApiJson.Default.ChatPin, ApiJson.Default.ChatMessage, cancellationToken);

    public Task UnpinAsync(string livePublicId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Delete, PathOf(livePublicId) + "/pin", body: null, cancellationToken);

    /// <summary>What waits for a moderator, newest first.</summary>
    public Task<ChatMessagePage> ListHeldAsync(string livePublicId, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(PathOf(livePublicId) + "/held" + Text(new ChatQuery { Limit = limit, Cursor = cursor }), ApiJson.Default.ChatMessagePage, cancellationToken);

    /// <exception cref="KinopressApiException"><c>chat.message_not_found</c>, <c>chat.not_held</c>.</exception>
    public Task<ChatMessage> ApproveHeldAsync(string livePublicId, Guid message, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Put, $"{PathOf(livePublicId)}/held/{message}", ApiJson.Default.ChatMessage, cancellationToken);

    /// <exception cref="KinopressApiException"><c>chat.message_not_found</c>, <c>chat.not_held</c>.</exception>
    public Task RejectHeldAsync(string livePublicId, Guid message, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Delete, $"{PathOf(livePublicId)}/held/{message}", body: null, cancellationToken);

    /// <summary>What was said while a part of a replay was on air.</summary>
    /// <param name="fromMs">Milliseconds since the video starts.</param>
    /// <param name="toMs">At most ten minutes later; null for a minute.</param>
    public Task<ReplayChat> ReplayAsync(string videoPublicId, long fromMs = 0, long? toMs = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(
            string.Create(CultureInfo.InvariantCulture, $"videos/{Uri.EscapeDataString(videoPublicId)}/chat?from={fromMs}{(toMs is { } to ? $"&to={to}" : "")}"), ApiJson.Default.ReplayChat, cancellationToken);

    /// <summary>The site's own emotes, by name.</summary>
    public Task<ChatEmoteList> ListEmotesAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync(EmotesPath, ApiJson.Default.ChatEmoteList, cancellationToken);

    /// <summary>Gives all chats of the site a picture for a name. For those who moderate the whole site.</summary>
    /// <param name="name">2 to 20 letters a to z, digits and underscores.</param>
    /// <param name="picture">PNG, WebP, GIF, JPEG or AVIF. Read to its end; the caller closes it.</param>
    /// <exception cref="KinopressApiException">One of <c>chat.emote_…</c>.</exception>
    public async Task<ChatEmote> AddEmoteAsync(string name, Stream picture, CancellationToken cancellationToken = default)
    {
        using var form = new MultipartFormDataContent { { new StringContent(name), "name" }, { new StreamContent(picture), "picture", "picture" } };
        return await _connection.SendAsync(EmotesPath, form, ApiJson.Default.ChatEmote, cancellationToken);
    }

    /// <exception cref="KinopressApiException"><c>chat.emote_not_found</c>, <c>chat.emote_not_allowed</c>.</exception>
    public Task DeleteEmoteAsync(Guid emote, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Delete, $"{EmotesPath}/{emote}", body: null, cancellationToken);

    private static string PathOf(string livePublicId) => $"lives/{Uri.EscapeDataString(livePublicId)}/chat";

    private static string Text(ChatQuery query)
    {
        (string Name, string? Value)[] parts =
        [
            ("limit", query.Limit?.ToString(CultureInfo.InvariantCulture)),
            ("cursor", query.Cursor),
            ("after", query.After?.ToString("O", CultureInfo.InvariantCulture)),
            ("before", query.Before?.ToString("O", CultureInfo.InvariantCulture)),
        ];
        var given = parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value ?? "")}").ToList();
        return given.Count == 0 ? "" : "?" + string.Join('&', given);
    }
}
