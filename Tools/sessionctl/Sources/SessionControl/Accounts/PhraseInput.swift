import Glibc
import SessionCrypto

/// A recovery phrase as the user gives it: typed without echo, or read from standard input or a file.
enum PhraseInput {
    /// Far longer than any phrase, in bytes.
    private static let limit = 4096

    static func read(from path: String?) throws -> AccountKeys {
        var bytes: [UInt8]
        if path == nil, isatty(STDIN_FILENO) == 1 {
            bytes = SilentInput.line("Recovery phrase (13 words, not shown while you type):")
        } else {
            bytes = try InputFile.read(path ?? "-", limit: limit)
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw ControlError(.invalidText, "the recovery phrase is not UTF-8 text")
        }
        return try AccountKeys(recoveryPhrase: SecretText(utf8: SecretBytes(consuming: &bytes)))
    }
}

/// What someone types who is not to be watched.
enum SilentInput {
    /// A line from the terminal, which does not show it.
    static func line(_ prompt: String) -> [UInt8] {
        Console.writeError(prompt)
        var settings = termios()
        tcgetattr(STDIN_FILENO, &settings)
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings) }
        return Array((readLine() ?? "").utf8)
    }
}
