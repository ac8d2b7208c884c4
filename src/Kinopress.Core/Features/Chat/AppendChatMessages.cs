using Kinopress.Core.Data;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Chat;

/// <summary>Keeps what a room has accepted: the second half of <see cref="SendChatMessage"/>. Running it again with the same messages changes nothing.</summary>
internal sealed class AppendChatMessages(KinopressDbContext db)
{
    /// <returns>How many were new. None for a live that is gone.</returns>
    public async Task<Result<int>> RunAsync(Id<Live> liveId, IReadOnlyList<ChatLine> lines, CancellationToken cancellationToken)
    {
        var ids = lines.Select(line => new Id<ChatMessage>(line.View.Id)).ToList();
        var authorIds = lines.Select(line => line.AuthorId).Distinct().ToList();

        // Primary keys. A live, or an account, that is purged takes its messages along.
        var known = await db.ChatMessages.AsNoTracking().Where(message => ids.Contains(message.Id)).Select(message => message.Id).ToListAsync(cancellationToken);
        var authors = await db.Users.AsNoTracking().Where(user => authorIds.Contains(user.Id)).Select(user => user.Id).ToListAsync(cancellationToken);
        if (!await db.Lives.AnyAsync(live => live.Id == liveId, cancellationToken))
        {
            return 0;
        }

        var messages = lines.Where(line => !known.Contains(new Id<ChatMessage>(line.View.Id)) && authors.Contains(line.AuthorId)).Select(line => ChatMessage.Create(liveId, line)).ToList();
        db.ChatMessages.AddRange(messages);
        await db.SaveChangesAsync(cancellationToken);
        return messages.Count;
    }
}
