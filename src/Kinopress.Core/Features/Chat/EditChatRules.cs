using Kinopress.Core.Data;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Chat;

/// <summary>Changes what holds in the room of a live, at once and for everybody in it.</summary>
public sealed class EditChatRules(KinopressDbContext db, ChatRooms rooms, TimeProvider clock)
{
    /// <returns><c>live.not_found</c> also when the chat is not the caller's to moderate; <c>chat.invalid</c>, <c>chat.edited_elsewhere</c>.</returns>
    public async Task<Result<ChatRules>> RunAsync(string publicId, ChatRulesEdit edit, Caller caller, CancellationToken cancellationToken)
    {
        var live = await db.Lives.AsNoTracking().ModeratedBy(caller).Where(candidate => candidate.PublicId == publicId).Select(candidate => new { candidate.Id }).SingleOrDefaultAsync(cancellationToken);
        if (live is null)
        {
            return LiveFailures.NotFound;
        }

        var now = clock.GetUtcNow();
        var chat = await db.LiveChats.SingleOrDefaultAsync(candidate => candidate.LiveId == live.Id, cancellationToken);
        if (chat is null)
        {
            chat = LiveChat.Create(live.Id, now);
            db.LiveChats.Add(chat);
        }

        if (edit.ApplyTo(chat.Rules).Failed(out var failure, out var rules))
        {
            return failure;
        }

        chat.Edit(rules, now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            return ChatFailures.EditedElsewhere; // two were first at once
        }

        await rooms.AnnounceChangeAsync(publicId, CancellationToken.None);
        return rules;
    }
}
