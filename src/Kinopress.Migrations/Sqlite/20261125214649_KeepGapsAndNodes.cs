using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kinopress.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class KeepGapsAndNodes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "node",
                table: "live_sessions",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "recording_gaps",
                table: "live_sessions",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "node",
                table: "live_sessions");

            migrationBuilder.DropColumn(
                name: "recording_gaps",
                table: "live_sessions");
        }
    }
}
