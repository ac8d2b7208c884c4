using System.Globalization;
using Kinopress.Core.Features.Chat;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;

namespace Kinopress.Server.Studio.Chat;

/// <summary>Makes the view records of Studio's page about a chat.</summary>
internal sealed class ChatPageViews(StudioFrames frames, ChatQueries chat, LiveQueries lives, TimeProvider clock, IHttpContextAccessor accessor)
{
    private static readonly PageRequest Whole = new(PageRequest.MaxLimit, Cursor: null);

    /// <param name="form">What was posted and refused; null to show what holds.</param>
    /// <returns><c>live.not_found</c> for a live the caller does not manage.</returns>
    public async Task<Result<ChatPageView>> PageAsync(string publicId, ChatRulesForm? form, Failure? failure, Caller caller, CancellationToken cancellationToken)
    {
        if ((await lives.GetManagedAsync(publicId, caller, cancellationToken)).Failed(out var missing, out var live)
            || (await chat.GetRulesAsync(publicId, caller, cancellationToken)).Failed(out missing, out var rules)
            || (await chat.ListHeldAsync(publicId, Whole, caller, cancellationToken)).Failed(out missing, out var held)
            || (await chat.ListRestrictionsAsync(publicId, Whole, caller, clock.GetUtcNow(), cancellationToken)).Failed(out missing, out var bans))
        {
            return missing;
        }

        return new ChatPageView(
            await frames.CreateAsync(StudioArea.Lives, caller, cancellationToken),
            publicId,
            live.Title,
            live.HasChat,
            form ?? FormOf(rules),
            failure?.Fields ?? new Dictionary<string, string>(StringComparer.Ordinal),
            [.. held.Items.Select(message => new ChatHeldRow(message.Id, message.AuthorName, message.Text, message.SentAt))],
            [.. bans.Items.Select(ban => new ChatBanRow(ban.Id.Value, ban.Name, ban.Until))],
            ChatEmote.MayManage(caller),
            Absolute($"/chat/{publicId}"),
            Absolute($"/chat/{publicId}/overlay?fade=30"));
    }

    private static ChatRulesForm FormOf(ChatRules rules) => new(
        rules.SlowModeInSeconds.ToString(CultureInfo.InvariantCulture),
        rules.MinAccountAgeInMinutes.ToString(CultureInfo.InvariantCulture),
        rules.Links.ToString().ToLowerInvariant(),
        rules.Hold.ToString().ToLowerInvariant(),
        string.Join('\n', rules.BlockedPhrases),
        rules.OnlyUnique,
        rules.IsPaused);

    private string Absolute(string path) => accessor.HttpContext is { } context ? $"{context.Request.Scheme}://{context.Request.Host}{path}" : path;
}
