using Kinopress.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Chat;

/// <summary>Reads about the site's emotes. They are no secret.</summary>
public sealed class ChatEmoteQueries(KinopressDbContext db)
{
    /// <summary>All of them by name: at most a hundred. Index ix_chat_emotes_folded_name.</summary>
    public async Task<IReadOnlyList<ChatEmoteView>> ListAsync(CancellationToken cancellationToken) => await db.ChatEmotes.AsNoTracking()
        .OrderBy(emote => emote.FoldedName)
        .Select(emote => new ChatEmoteView(emote.Id, emote.Name, emote.Picture, emote.IsAnimated, emote.CreatedAt))
        .ToListAsync(cancellationToken);
}
