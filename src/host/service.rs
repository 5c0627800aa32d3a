//! The server as a service of Windows: installed, started by the system, told to end by it.
//!
//! Refuses: running with more rights than it needs; it is the account `LocalService`.
//! Invariant: the system is told that the service ended when it has, whatever the reason.

use std::path::Path;

/// Name of the service.
pub const NAME: &str = "Yuanba";

/// Why there is no service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// This system has no services of that kind.
    Elsewhere,
    /// Only an administrator may do that.
    Denied,
    /// There is one already.
    Exists,
    /// The program was not started by the system's manager of services.
    NotAService,
    /// The system did not do it.
    Failed,
}

/// Installs a service that starts this program with these arguments, with the machine.
///
/// # Errors
/// Where the system refuses, or has no services.
#[cfg(not(windows))]
pub fn install(_: &Path, _: &[String]) -> Result<(), Refused> {
    Err(Refused::Elsewhere)
}

/// Runs work as the service that the system started.
///
/// # Errors
/// Where the system did not start it, or has no services.
#[cfg(not(windows))]
pub fn run(_: Box<dyn Fn() -> u8 + Send + Sync>) -> Result<(), Refused> {
    Err(Refused::Elsewhere)
}

#[cfg(windows)]
pub use on_windows::{install, run, told_to_stop};

#[cfg(windows)]
mod on_windows {
    use super::{NAME, Path, Refused};
    use std::ffi::OsString;
    use std::sync::OnceLock;
    use std::time::Duration;
    use tokio::sync::Notify;
    use windows_service::service::{
        ServiceAccess, ServiceControl, ServiceControlAccept, ServiceErrorControl, ServiceExitCode,
        ServiceInfo, ServiceStartType, ServiceState, ServiceStatus, ServiceType,
    };
    use windows_service::service_control_handler::{self, ServiceControlHandlerResult};
    use windows_service::service_manager::{ServiceManager, ServiceManagerAccess};
    use windows_service::{Error, define_windows_service, service_dispatcher};

    /// What the service does.
    static WORK: OnceLock<Box<dyn Fn() -> u8 + Send + Sync>> = OnceLock::new();
    /// The system wants it to end.
    static STOP: Notify = Notify::const_new();
    /// How long it may take to come up and to end.
    const PATIENCE: Duration = Duration::from_secs(30);

    /// Numbers of errors of the system (`winerror.h`).
    const ACCESS_DENIED: i32 = 5;
    const SERVICE_EXISTS: i32 = 1073;
    const NO_DISPATCHER: i32 = 1063;

    fn refused(error: &Error) -> Refused {
        let Error::Winapi(error) = error else { return Refused::Failed };
        match error.raw_os_error() {
            Some(ACCESS_DENIED) => Refused::Denied,
            Some(SERVICE_EXISTS) => Refused::Exists,
            Some(NO_DISPATCHER) => Refused::NotAService,
            _ => Refused::Failed,
        }
    }

    /// Installs a service that starts this program with these arguments, with the machine.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn install(program: &Path, arguments: &[String]) -> Result<(), Refused> {
        let access = ServiceManagerAccess::CONNECT | ServiceManagerAccess::CREATE_SERVICE;
        let manager =
            ServiceManager::local_computer(None::<&str>, access).map_err(|error| refused(&error))?;
        let info = ServiceInfo {
            name: NAME.into(),
            display_name: "院坝 Yuanba".into(),
            service_type: ServiceType::OWN_PROCESS,
            start_type: ServiceStartType::AutoStart,
            error_control: ServiceErrorControl::Normal,
            executable_path: program.to_owned(),
            launch_arguments: arguments.iter().map(OsString::from).collect(),
            dependencies: Vec::new(),
            account_name: Some("NT AUTHORITY\\LocalService".into()),
            account_password: None,
        };
        let access = ServiceAccess::CHANGE_CONFIG | ServiceAccess::START;
        let service = manager.create_service(&info, access).map_err(|error| refused(&error))?;
        let _ = service.set_description("把做好的网站给读者看");
        service.start::<&str>(&[]).map_err(|error| refused(&error))
    }

    /// Runs work as the service that the system started.
    ///
    /// # Errors
    /// Where the system did not start it.
    pub fn run(work: Box<dyn Fn() -> u8 + Send + Sync>) -> Result<(), Refused> {
        let _ = WORK.set(work);
        service_dispatcher::start(NAME, service_main).map_err(|error| refused(&error))
    }

    /// Waits until the system wants the service to end.
    pub async fn told_to_stop() {
        STOP.notified().await;
    }

    define_windows_service!(service_main, serve);

    fn serve(_: Vec<OsString>) {
        let handler = |control| match control {
            ServiceControl::Interrogate => ServiceControlHandlerResult::NoError,
            ServiceControl::Stop | ServiceControl::Shutdown | ServiceControl::Preshutdown => {
                STOP.notify_one();
                ServiceControlHandlerResult::NoError
            }
            _ => ServiceControlHandlerResult::NotImplemented,
        };
        let Ok(handle) = service_control_handler::register(NAME, handler) else { return };
        let tell = |state, exit| {
            let accepts = match state {
                ServiceState::Running => ServiceControlAccept::STOP | ServiceControlAccept::SHUTDOWN,
                _ => ServiceControlAccept::empty(),
            };
            let _ = handle.set_service_status(ServiceStatus {
                service_type: ServiceType::OWN_PROCESS,
                current_state: state,
                controls_accepted: accepts,
                exit_code: ServiceExitCode::Win32(exit),
                checkpoint: 0,
                wait_hint: PATIENCE,
                process_id: None,
            });
        };
        tell(ServiceState::Running, 0);
        let code = WORK.get().map_or(3, |work| work());
        tell(ServiceState::Stopped, u32::from(code));
    }
}
