import SessionInterfaces

/// What the tool itself finds wrong, apart from the layers below.
struct ControlError: CodedError {
    enum Code: String, Sendable {
        case usage
        case unknownPlugin = "unknown_plugin"
        case unknownNetwork = "unknown_network"
        case invalidSetting = "invalid_setting"
        case unreadableFile = "unreadable_file"
        case unwritableFile = "unwritable_file"
        case invalidText = "invalid_text"
        case noAccount = "no_account"
        case accountExists = "account_exists"
        case invalidLabel = "invalid_label"
        case corruptedIndex = "corrupted_account_index"
        case busy = "data_directory_busy"
        case timedOut = "timed_out"
        case demoFailed = "demo_failed"
        case noPaths = "no_paths"
        case noNode = "no_node"
    }

    let code: Code
    let message: String
    let underlying: (any Error)?

    init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    var status: ExitStatus {
        switch code {
        case .usage: .usage
        case .unknownPlugin, .unknownNetwork, .invalidSetting, .noPaths: .configuration
        case .invalidText, .corruptedIndex, .invalidLabel, .accountExists: .badInput
        case .unreadableFile: .missingInput
        case .unwritableFile: .cannotCreate
        case .noAccount, .noNode: .notFound
        case .busy: .busy
        case .timedOut: .network
        case .demoFailed: .internalError
        }
    }
}
