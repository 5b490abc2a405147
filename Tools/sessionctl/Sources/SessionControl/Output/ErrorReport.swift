import ArgumentParser
import SessionCrypto
import SessionDevnet
import SessionInterfaces
import SessionMessages
import SessionMessenger
import SessionSwarm

/// The one place where errors become exit statuses and words.
struct ErrorReport {
    let status: ExitStatus
    let code: String
    let message: String

    init(_ error: any Error) {
        switch error {
        case let error as ControlError: self.init(error, error.status)
        case let error as Interrupted:
            self.init(status: error.status, code: "interrupted", message: "interrupted")
        case let error as AccountIDError: self.init(error, .badInput)
        case let error as RecoveryPhraseError: self.init(error, .badInput)
        case let error as MessagesError: self.init(error, .badInput)
        case let error as StoreError: self.init(error, Self.status(of: error))
        case let error as TransportError: self.init(error, .network)
        case let error as RouterError: self.init(error, error.code == .rateLimited ? .rateLimited : .network)
        case let error as SwarmError: self.init(error, Self.status(of: error))
        case let error as NameError: self.init(error, Self.status(of: error))
        case let error as MessengerError: self.init(error, Self.status(of: error))
        case let error as DevnetError: self.init(error, Self.status(of: error))
        case let error as CryptoError: self.init(error, .unverified)
        default: self.init(status: .internalError, code: "internal", message: "\(error)")
        }
    }

    private init(status: ExitStatus, code: String, message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    private init<E: CodedError>(_ error: E, _ status: ExitStatus) {
        self.init(status: status, code: error.code.rawValue, message: error.description)
    }

    private static func status(of error: StoreError) -> ExitStatus {
        switch error.code {
        case .locked: .busy
        case .inaccessible, .full, .readOnly, .occupied: .cannotCreate
        case .sealed, .wrongKey: .denied
        case .corrupted, .unsupportedVersion: .badInput
        case .closed, .invalidKey, .valueTooLarge, .invalidTable, .failed: .internalError
        }
    }

    private static func status(of error: SwarmError) -> ExitStatus {
        switch error.code {
        case .noSwarm, .wrongSwarm, .nodeFailed, .malformedAnswer, .tooFewMembers: .network
        case .unauthorised: .denied
        case .rateLimited: .rateLimited
        case .clockSkew, .refused: .refused
        case .unverified, .unreliableNodeList: .unverified
        case .invalidRequest: .internalError
        }
    }

    private static func status(of error: NameError) -> ExitStatus {
        switch error.code {
        case .invalidName: .badInput
        case .notFound: .notFound
        case .disagreement, .invalidRecord: .unverified
        case .unavailable: .network
        }
    }

    private static func status(of error: DevnetError) -> ExitStatus {
        switch error.code {
        case .invalidSetting: .usage
        case .invalidDescriptor, .storeMismatch: .badInput
        case .portUnavailable: .cannotCreate
        case .notRunning, .unknownNode, .failed: .internalError
        }
    }

    private static func status(of error: MessengerError) -> ExitStatus {
        switch error.code {
        case .unsupportedRecipient, .accountExists, .keyInUse: .badInput
        case .noAccount: .notFound
        }
    }
}

extension ErrorReport {
    /// Says on stderr what went wrong and returns the exit status. Help and version requests go to stdout and succeed.
    static func print(_ error: any Error, arguments: [String]) -> ExitStatus {
        let parserStatus = RootCommand.exitCode(for: error)
        if parserStatus == .success {
            Console.writeOut(RootCommand.fullMessage(for: error))
            return .success
        }
        let wantsJSON = arguments.prefix { $0 != "--" }.contains("--json")
        let isUsage = parserStatus == .validationFailure
        let report = isUsage ? ErrorReport(usage: error, arguments) : ErrorReport(error)
        if wantsJSON {
            Console.writeError(report.json)
        } else {
            Console.writeError("sessionctl: \(report.message)")
            if isUsage { Console.writeError(usageHint(for: error)) }
        }
        return report.status
    }

    private init(usage error: any Error, _ arguments: [String]) {
        let guess = NearMiss.subcommand(in: arguments).map { "; did you mean '\($0)'?" } ?? ""
        self.init(status: .usage, code: "usage", message: RootCommand.message(for: error) + guess)
    }

    /// What the parser says besides the error itself: how the command is used.
    private static func usageHint(for error: any Error) -> String {
        RootCommand.fullMessage(for: error).split(separator: "\n").filter { !$0.hasPrefix("Error: ") }
            .joined(separator: "\n")
    }

    private var json: String {
        let body = Body(
            error: .init(code: code, message: message, retryable: status.isRetryable, exit: status.rawValue))
        return (try? JSONText.encode(body)) ?? #"{"error":{"code":"internal"}}"#
    }

    private struct Body: Encodable {
        struct Failure: Encodable {
            var code: String
            var message: String
            var retryable: Bool
            var exit: Int32
        }

        var schema = JSONText.schema
        var error: Failure
    }
}
