using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kinopress.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AddChatEmotes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "chat_emotes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    folded_name = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    picture = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    is_animated = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_chat_emotes", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_chat_emotes_folded_name",
                table: "chat_emotes",
                column: "folded_name",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "chat_emotes");
        }
    }
}
