import SessionInterfaces

/// What old clients sent and nobody acts on any more: for reading old messages, never to be written.
/// Follows protocol document 01, sections 5.6 and 5.8.
public enum LegacyPayload: Sendable {
    case closedGroupControl(LegacyClosedGroupControl)
    case configuration(LegacyConfiguration)
    case sharedConfig(LegacySharedConfig)
}

extension MessageContent {
    /// The legacy payload that the content carries; nil when there is none. `payload()` refuses such contents with
    /// `ignoredPayload`.
    public var legacyPayload: LegacyPayload? {
        if protobuf.dataMessage.hasClosedGroupControlMessage {
            return .closedGroupControl(LegacyClosedGroupControl(protobuf.dataMessage.closedGroupControlMessage))
        }
        if protobuf.hasConfigurationMessage {
            return .configuration(LegacyConfiguration(protobuf.configurationMessage))
        }
        if protobuf.hasSharedConfigMessage {
            return .sharedConfig(LegacySharedConfig(protobuf.sharedConfigMessage))
        }
        return nil
    }
}
